using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes a project, or changes it.</summary>
internal sealed class PutProject : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutProject),
        "Makes a project, or changes it; what is left out stays as it is.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.Project) { Request = typeof(ProjectRequest), Response = typeof(ProjectResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.Project, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<ProjectRequest>(context, cancellationToken)).Try(out ProjectRequest? request, out refusal)
            || !TreeContract.ToProject(path, request, await tree.FindProjectAsync(path, cancellationToken)).Try(out Project? wanted, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await tree.PutProjectAsync(context.Caller(), wanted, cancellationToken), TreeContract.Of);
    }
}
