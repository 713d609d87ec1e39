using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

/// <summary>Keeps projects, environments and resources, and which resource an address belongs to.</summary>
/// <remarks>
/// One partition, <c>tree</c>, so that a resource and the addresses it claims change together: rows <c>p:PROJECT</c>,
/// <c>e:PROJECT:ENVIRONMENT</c>, <c>r:PROJECT:ENVIRONMENT:RESOURCE</c>, <c>h:LABELS:PORT</c> for names, labels from the right, and <c>i:ADDRESS:PORT</c>. Making a child rewrites its parent unchanged,
/// so that a parent that is being removed at the same time loses one of the two.
/// </remarks>
public sealed partial class ResourceTree
{
    /// <summary>Most characters of a description.</summary>
    public const int MaximumDescriptionLength = 500;

    /// <summary>Most addresses of a resource: old and new ones must change in one commit of <see cref="StoreLimits.MaximumChangeCount"/>.</summary>
    public const int MaximumHostCount = 40;

    /// <summary>Most logins of a resource.</summary>
    public const int MaximumLoginCount = 100;

    private const string Partition = "tree";
    private readonly IStore _store;
    private readonly JournalWriter _journal;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the tree lies.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    public ResourceTree(IStore store, JournalWriter journal)
    {
        _store = store;
        _journal = journal;
    }

    /// <summary>One project.</summary>
    /// <param name="path">Depth 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The project; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Project?> FindProjectAsync(ResourcePath path, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(KeyOf(path), CoreJson.Default.Project, cancellationToken))?.Value;

    /// <summary>One environment.</summary>
    /// <param name="path">Depth 2.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The environment; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<ProjectEnvironment?> FindEnvironmentAsync(ResourcePath path, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(KeyOf(path), CoreJson.Default.ProjectEnvironment, cancellationToken))?.Value;

    /// <summary>One resource.</summary>
    /// <param name="path">Depth 3.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Resource?> FindResourceAsync(ResourcePath path, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(KeyOf(path), CoreJson.Default.Resource, cancellationToken))?.Value;

    /// <summary>Whether a place is there.</summary>
    /// <param name="path">Any path; the root is always there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> ExistsAsync(ResourcePath path, CancellationToken cancellationToken) =>
        path.Depth == 0 || await _store.GetAsync(KeyOf(path), cancellationToken) is not null;

    /// <summary>Projects, by name.</summary>
    /// <param name="after">Starts after this one; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every project.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Project> ListProjectsAsync(ResourcePath? after, CancellationToken cancellationToken)
    {
        RowRange range = RowRange.StartingWith("p:").After(after is { } last ? RowOf(last) : null);
        return _store.ReadAllAsync(Partition, range, CoreJson.Default.Project, cancellationToken);
    }

    /// <summary>Environments of a project, by name.</summary>
    /// <param name="project">Depth 1.</param>
    /// <param name="after">Starts after this one; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every environment of it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<ProjectEnvironment> ListEnvironmentsAsync(
        ResourcePath project, ResourcePath? after, CancellationToken cancellationToken)
    {
        RowRange range = RowRange.StartingWith($"e:{project}:").After(after is { } last ? RowOf(last) : null);
        return _store.ReadAllAsync(Partition, range, CoreJson.Default.ProjectEnvironment, cancellationToken);
    }

    /// <summary>Resources on a path and below it, by path.</summary>
    /// <param name="path">The root, a project or an environment.</param>
    /// <param name="after">Starts after this resource; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every such resource.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Resource> ListResourcesAsync(ResourcePath path, ResourcePath? after, CancellationToken cancellationToken)
    {
        RowRange range = RowRange.StartingWith(path.Depth == 0 ? "r:" : $"r:{Joined(path)}:");
        return _store.ReadAllAsync(Partition, range.After(after is { } last ? RowOf(last) : null), CoreJson.Default.Resource, cancellationToken);
    }

    private static string RowOf(ResourcePath path) => path.Depth switch
    {
        1 => $"p:{path}",
        2 => $"e:{Joined(path)}",
        3 => $"r:{Joined(path)}",
        _ => throw new ArgumentException("the root is no document", nameof(path)),
    };

    private static string Joined(ResourcePath path) => path.Text.Replace('/', ':');

    private static DocumentKey KeyOf(ResourcePath path) => new(Partition, RowOf(path));
}
