using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists every resource on which the caller has a role.</summary>
internal sealed class ListVisibleResources : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListVisibleResources),
        "Lists every resource on which the caller has a role, by path. A page may hold less than its limit: go on while there is a next.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.VisibleResources) { Response = typeof(Page<ResourceResponse>), Query = [.. ResourceSearch.Query, .. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.VisibleResources, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !ResourceSearch.Read(context).Try(out ResourceSearch? search, out refusal)
            || !paging.AfterPath(3).Try(out PathCursor? after, out refusal))
            return Problems.From(refusal);
        // From the grants, not from the tree: what the caller may not see is not read, and no cursor can name it.
        var places = await authority.RolesOf(context.Caller()).ListPlacesAsync(search.Below, cancellationToken);
        ResourcePage page = await tree.SearchAsync(new ResourceQuery(places, search.Words, after.Path, paging.Limit), cancellationToken);
        return Responses.Ok(new Page<ResourceResponse>([.. page.Resources.Select(ResourceContract.Of)], page.Next?.Text));
    }
}
