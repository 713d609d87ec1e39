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
        "Lists every resource on which the caller has a role, by path.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.VisibleResources) { Response = typeof(Page<ResourceResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.VisibleResources, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !paging.AfterPath(3).Try(out PathCursor? after, out refusal))
            return Problems.From(refusal);
        CallerRoles roles = authority.RolesOf(context.Caller());
        IAsyncEnumerable<Resource> visible = tree.ListResourcesAsync(ResourcePath.Root, after.Path, cancellationToken)
            .Where(async (Resource resource, CancellationToken token) =>
                await roles.FindAsync(resource.Path, token) is not null);
        return await Answers.PageAsync(visible, paging.Limit, ResourceContract.Of, resource => resource.Path.Text);
    }
}
