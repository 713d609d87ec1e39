using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the resources of an environment, by name.</summary>
internal sealed class ListResources : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListResources),
        "Lists the resources of an environment, by name.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Resources) { Response = typeof(Page<ResourceResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Resources, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !paging.AfterPath(3).Try(out PathCursor? after, out refusal)
            || !TreeContract.PathOf(project, environment).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            tree.ListResourcesAsync(path, after.Path, cancellationToken), paging.Limit, ResourceContract.Of, resource => resource.Path.Text);
    }
}
