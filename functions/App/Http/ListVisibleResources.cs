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
        CallerRoles roles = authority.RolesOf(context.Caller());
        return await Answers.SearchAsync(
            tree.ListResourcesAsync(search.Below, after.Path, cancellationToken),
            paging.Limit,
            async resource => search.Fits(resource) && await roles.FindAsync(resource.Path, cancellationToken) is not null,
            ResourceContract.Of,
            resource => resource.Path.Text);
    }
}
