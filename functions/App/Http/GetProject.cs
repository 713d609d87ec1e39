using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows a project.</summary>
internal sealed class GetProject : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetProject),
        "Shows a project.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Project) { Response = typeof(ProjectResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Project, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await tree.FindProjectAsync(path, cancellationToken) is { } found
            ? Responses.Ok(TreeContract.Of(found))
            : Problems.From(new Refusal.NotFound($"there is no project {path}"));
    }
}
