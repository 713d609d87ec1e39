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
            Query =
            [
                new QueryParameter("below", "The project whose environments to list; projects when absent."),
                new QueryParameter("above", "A path: only the places on the way to it and itself, from the top; exclusive with below."),
                .. Paging.Query,
            ],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Places, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "below").Try(out QueryValue below, out refusal)
            || !Fields.Parse<ResourcePath>(below.Text ?? "/", "below", ResourcePath.Rule).Try(out ResourcePath project, out refusal)
            || !Requests.Query(context, "above").Try(out QueryValue above, out refusal)
            || !Fields.Parse<ResourcePath>(above.Text ?? "/", "above", ResourcePath.Rule).Try(out ResourcePath target, out refusal)
            || !paging.AfterPath(project.Depth + 1).Try(out PathCursor? after, out refusal))
            return Problems.From(refusal);
        if (above.Text is not null && below.Text is not null)
            return Problems.From(new Refusal.Invalid("above", "above and below are both given", "give one of them"));
        if (project.Depth > 1) return Problems.From(new Refusal.Invalid("below", $"{project} has no environments", "name a project"));
        CallerRoles roles = authority.RolesOf(context.Caller());
        if (above.Text is not null) return Responses.Ok(new Page<PlaceResponse>(await OnTheWayAsync(target, tree, roles, cancellationToken), null));
        return project.Depth == 0
            ? await Answers.SearchAsync(
                tree.ListProjectsAsync(after.Path, cancellationToken), paging.Limit,
                place => roles.ReachAsync(place.Path, cancellationToken), TreeContract.PlaceOf, place => place.Path.Text)
            : await Answers.SearchAsync(
                tree.ListEnvironmentsAsync(project, after.Path, cancellationToken), paging.Limit,
                place => roles.ReachAsync(place.Path, cancellationToken), TreeContract.PlaceOf, place => place.Path.Text);
    }

    private static async Task<IReadOnlyList<PlaceResponse>> OnTheWayAsync(
        ResourcePath target, ResourceTree tree, CallerRoles roles, CancellationToken cancellationToken)
    {
        var places = new List<PlaceResponse>();
        foreach (ResourcePath path in target.FromRoot().Where(path => path.Depth is 1 or 2))
        {
            if (!await roles.ReachAsync(path, cancellationToken)) break;
            if (path.Depth == 1 && await tree.FindProjectAsync(path, cancellationToken) is { } project) places.Add(TreeContract.PlaceOf(project));
            if (path.Depth == 2 && await tree.FindEnvironmentAsync(path, cancellationToken) is { } environment) places.Add(TreeContract.PlaceOf(environment));
        }

        return places;
    }
}
