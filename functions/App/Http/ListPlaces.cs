using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists projects or environments on the way to what the caller may see, so that a tree can be shown to who holds one resource in it.</summary>
internal sealed class ListPlaces : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListPlaces),
        "Lists the projects, or the environments of one, on the way to what the caller may see. A page may hold less than its limit: go on while there is a next.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Places)
        {
            Response = typeof(Page<PlaceResponse>),
            Query = [new QueryParameter("below", "The project whose environments to list; projects when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Places, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "below").Try(out QueryValue below, out refusal)
            || !Fields.Parse<ResourcePath>(below.Text ?? "/", "below", ResourcePath.Rule).Try(out ResourcePath project, out refusal)
            || !paging.AfterPath(project.Depth + 1).Try(out PathCursor? after, out refusal))
            return Problems.From(refusal);
        if (project.Depth > 1) return Problems.From(new Refusal.Invalid("below", $"{project} has no environments", "name a project"));
        CallerRoles roles = authority.RolesOf(context.Caller());
        return project.Depth == 0
            ? await Answers.SearchAsync(
                tree.ListProjectsAsync(after.Path, cancellationToken), paging.Limit,
                place => roles.ReachAsync(place.Path, cancellationToken), TreeContract.PlaceOf, place => place.Path.Text)
            : await Answers.SearchAsync(
                tree.ListEnvironmentsAsync(project, after.Path, cancellationToken), paging.Limit,
                place => roles.ReachAsync(place.Path, cancellationToken), TreeContract.PlaceOf, place => place.Path.Text);
    }
}
