using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the environments of a project, by name.</summary>
internal sealed class ListEnvironments : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListEnvironments),
        "Lists the environments of a project, by name.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Environments) { Response = typeof(Page<EnvironmentResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Environments, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !paging.AfterPath(2).Try(out PathCursor? after, out refusal)
            || !TreeContract.PathOf(project).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            tree.ListEnvironmentsAsync(path, after.Path, cancellationToken), paging.Limit, TreeContract.Of, environment => environment.Path.Text);
    }
}
