using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists projects, by name.</summary>
internal sealed class ListProjects : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListProjects),
        "Lists projects, by name.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Projects) { Response = typeof(Page<ProjectResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Projects, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !paging.AfterPath(1).Try(out PathCursor? after, out refusal))
            return Problems.From(refusal);
        CallerRoles roles = authority.RolesOf(context.Caller());
        IAsyncEnumerable<Project> visible = tree.ListProjectsAsync(after.Path, cancellationToken)
            .Where(async (Project project, CancellationToken token) =>
                await roles.FindAsync(project.Path, token) is not null);
        return await Answers.PageAsync(visible, paging.Limit, TreeContract.Of, project => project.Path.Text);
    }
}
