using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
        "Lists the projects, or the environments of one, on the way to what the caller may see.",
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
        if (above.Text is not null) return Responses.Ok(new Page<PlaceResponse>(await ListAboveAsync(target, tree, roles, cancellationToken), null));
        IAsyncEnumerable<PlaceResponse> places = ListAsync(project, after.Path, tree, await roles.ListPlacesAsync(project, cancellationToken), cancellationToken);
        return await Answers.PageAsync(places, paging.Limit, place => place, place => place.Path);
    }

    private static IAsyncEnumerable<PlaceResponse> ListAsync(
        ResourcePath project, ResourcePath? after, ResourceTree tree, ImmutableArray<ResourcePath> seen, CancellationToken cancellationToken)
    {
        if (!seen.Contains(project)) return OnTheWayAsync(project, after, tree, seen, cancellationToken);
        return project.Depth == 0
            ? tree.ListProjectsAsync(after, cancellationToken).Select(TreeContract.PlaceOf)
            : tree.ListEnvironmentsAsync(project, after, cancellationToken).Select(TreeContract.PlaceOf);
    }

    /// <summary>Starts from what the caller has a role on: other places are not read.</summary>
    private static async IAsyncEnumerable<PlaceResponse> OnTheWayAsync(
        ResourcePath above, ResourcePath? after, ResourceTree tree, ImmutableArray<ResourcePath> seen,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IEnumerable<string> names = seen.Select(place => place.FromRoot().ElementAt(above.Depth + 1).Text).Distinct().Order(StringComparer.Ordinal);
        foreach (string name in names.Where(name => after is null || string.CompareOrdinal(name, after.Value.Text) > 0))
        {
            if (await FindAsync(ResourcePath.Parse(name), tree, cancellationToken) is { } place) yield return place;
        }
    }

    private static async Task<IReadOnlyList<PlaceResponse>> ListAboveAsync(
        ResourcePath target, ResourceTree tree, CallerRoles roles, CancellationToken cancellationToken)
    {
        var places = new List<PlaceResponse>();
        foreach (ResourcePath path in target.FromRoot().Where(path => path.Depth is 1 or 2))
        {
            if (!await roles.ReachAsync(path, cancellationToken)) break;
            if (await FindAsync(path, tree, cancellationToken) is { } place) places.Add(place);
        }

        return places;
    }

    private static async Task<PlaceResponse?> FindAsync(ResourcePath path, ResourceTree tree, CancellationToken cancellationToken) => path.Depth == 1
        ? await tree.FindProjectAsync(path, cancellationToken) is { } project ? TreeContract.PlaceOf(project) : null
        : await tree.FindEnvironmentAsync(path, cancellationToken) is { } environment ? TreeContract.PlaceOf(environment) : null;
}
