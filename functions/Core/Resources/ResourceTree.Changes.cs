using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Resources;

public sealed partial class ResourceTree
{
    private const int MaximumClaimAttempts = 10;

    /// <summary>Makes a project, or changes it.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="project">As it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The project; <see cref="Refusal.Invalid"/> or <see cref="Refusal.Conflict"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Project>> PutProjectAsync(Caller caller, Project project, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(project);
        var intent = new JournalEvent.ProjectPut(project);
        StoredDocument? old = await _store.GetAsync(KeyOf(project.Path), cancellationToken);
        Project? present = old is null ? null : Json.Decode(old.Body, CoreJson.Default.Project);
        var put = new TreePut<Project>(
            project with { Switched = present?.Switched }, IsSwitched(present?.SshSwitch, project.SshSwitch),
            (value, change) => value with { Switched = change }, value => Json.Encode(value, CoreJson.Default.Project));
        return await PutAsync(caller, put, project.Path, project.Description, intent, old, [], cancellationToken);
    }

    /// <summary>Makes an environment, or changes it.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="environment">As it shall be; its project must be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The environment; <see cref="Refusal.Invalid"/>, <see cref="Refusal.NotFound"/> or <see cref="Refusal.Conflict"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<ProjectEnvironment>> PutEnvironmentAsync(
        Caller caller, ProjectEnvironment environment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var intent = new JournalEvent.EnvironmentPut(environment);
        StoredDocument? old = await _store.GetAsync(KeyOf(environment.Path), cancellationToken);
        ProjectEnvironment? present = old is null ? null : Json.Decode(old.Body, CoreJson.Default.ProjectEnvironment);
        var put = new TreePut<ProjectEnvironment>(
            environment with { Switched = present?.Switched }, IsSwitched(present?.SshSwitch, environment.SshSwitch),
            (value, change) => value with { Switched = change }, value => Json.Encode(value, CoreJson.Default.ProjectEnvironment));
        return await PutAsync(caller, put, environment.Path, environment.Description, intent, old, [], cancellationToken);
    }

    /// <summary>Makes a resource, or changes it, together with the addresses it claims.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="resource">As it shall be; its environment must be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resource; <see cref="Refusal.Conflict"/> when another resource holds one of its addresses.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Resource>> PutResourceAsync(Caller caller, Resource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        for (int attempt = 0; ; attempt++)
        {
            StoredDocument? old = await _store.GetAsync(KeyOf(resource.Path), cancellationToken);
            Result<Resource> result = await PutResourceAsync(caller, resource, old, cancellationToken);
            if (result.Try(out _, out Refusal? refusal) || refusal is not Refusal.Conflict { Field: null } || attempt == MaximumClaimAttempts) return result;
            // Where the resource is as it was, the other one only claimed some address at the same moment.
            StoredDocument? now = await _store.GetAsync(KeyOf(resource.Path), cancellationToken);
            if (now?.Version != old?.Version) return result;
        }
    }

    private async Task<Result<Resource>> PutResourceAsync(
        Caller caller, Resource resource, StoredDocument? old, CancellationToken cancellationToken)
    {
        Resource? present = old is null ? null : Json.Decode(old.Body, CoreJson.Default.Resource);
        ImmutableArray<ResourceHost> held = present?.Hosts ?? [];
        ResourceHost[] gained = [.. resource.Hosts.ExceptBy(held.Select(RowOf), RowOf)];
        if (!(await ClaimAsync(resource.Path, gained, cancellationToken)).Try(out List<DocumentChange>? changes, out Refusal? refusal)) return refusal;
        changes.AddRange(await ReleaseAsync(held.ExceptBy(resource.Hosts.Select(RowOf), RowOf), cancellationToken));
        if (!(await MoveTunnelAsync(resource.Path, present?.Tunnel, resource.Tunnel, cancellationToken)).Try(out List<DocumentChange>? moved, out refusal)) return refusal;
        changes.AddRange(moved);
        var intent = new JournalEvent.ResourcePut(resource);
        var put = new TreePut<Resource>(
            resource with { Switched = present?.Switched }, IsSwitched(present?.SshSwitch, resource.SshSwitch),
            (value, change) => value with { Switched = change }, value => Json.Encode(value, CoreJson.Default.Resource));
        return await PutAsync(caller, put, resource.Path, resource.Description, intent, old, changes, cancellationToken);
    }

    /// <summary>Switches SSH on one level; effective at the next mint.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="path">A project, an environment or a resource.</param>
    /// <param name="state">On or off.</param>
    /// <param name="reason">Why, at most <see cref="MaximumDescriptionLength"/> characters; null for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/>, <see cref="Refusal.Invalid"/>, or <see cref="Refusal.Conflict"/> when somebody changed the place meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> SetSwitchAsync(
        Caller caller, ResourcePath path, SshSwitch state, string? reason, CancellationToken cancellationToken)
    {
        if (FreeText.FaultOf(reason ?? "", "reason", MaximumDescriptionLength, required: false) is { } fault) return fault;
        if (path.Depth == 0) return new Refusal.Invalid("path", "there is no switch over everything", "name a project, an environment or a resource");
        StoredDocument? old = await _store.GetAsync(KeyOf(path), cancellationToken);
        if (old is null) return new Refusal.NotFound($"there is no {path}", "list them: sshfn resources");
        if (SwitchIn(path, old) == state) return Done.Instance;
        return await _journal.RunAsync<Done>(caller, new JournalEvent.SshSwitchSet(path, state, reason), async entry =>
        {
            byte[] body = WithSwitch(path, old, state, SwitchChange.Of(entry, reason));
            return await _store.TryPutAsync(KeyOf(path), body, old.Version, cancellationToken) ? Done.Instance : Changed(path);
        }, cancellationToken);
    }

    private static SshSwitch SwitchIn(ResourcePath path, StoredDocument old) => path.Depth switch
    {
        1 => Json.Decode(old.Body, CoreJson.Default.Project).SshSwitch,
        2 => Json.Decode(old.Body, CoreJson.Default.ProjectEnvironment).SshSwitch,
        _ => Json.Decode(old.Body, CoreJson.Default.Resource).SshSwitch,
    };

    private static byte[] WithSwitch(ResourcePath path, StoredDocument old, SshSwitch state, SwitchChange change) => path.Depth switch
    {
        1 => Json.Encode(Json.Decode(old.Body, CoreJson.Default.Project) with { SshSwitch = state, Switched = change }, CoreJson.Default.Project),
        2 => Json.Encode(
            Json.Decode(old.Body, CoreJson.Default.ProjectEnvironment) with { SshSwitch = state, Switched = change }, CoreJson.Default.ProjectEnvironment),
        _ => Json.Encode(Json.Decode(old.Body, CoreJson.Default.Resource) with { SshSwitch = state, Switched = change }, CoreJson.Default.Resource),
    };

    /// <summary>Whether a put changes the switch; what is made with SSH on was never switched.</summary>
    private static bool IsSwitched(SshSwitch? present, SshSwitch wanted) => (present ?? SshSwitch.Enabled) != wanted;

    /// <summary>Removes a project, environment or resource that has nothing below it.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="path">Which; not the root.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/>, or <see cref="Refusal.Conflict"/> when something lies below it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        StoredDocument? document = await _store.GetAsync(KeyOf(path), cancellationToken);
        if (document is null) return new Refusal.NotFound($"there is no {path}");
        var changes = new List<DocumentChange> { new DocumentChange.Delete(RowOf(path), document.Version) };
        if (path.Depth == 3)
        {
            Resource resource = Json.Decode(document.Body, CoreJson.Default.Resource);
            changes.AddRange(await ReleaseAsync(resource.Hosts, cancellationToken));
            if (!(await MoveTunnelAsync(path, resource.Tunnel, null, cancellationToken)).Try(out List<DocumentChange>? moved, out Refusal? refusal)) return refusal;
            changes.AddRange(moved);
        }
        else if (await FindFirstBelowAsync(path, cancellationToken) is { } child)
        {
            return new Refusal.Conflict($"{path} is not empty: there is {child}", "remove what lies below it first");
        }

        return await _journal.RunAsync<Done>(caller, new JournalEvent.PathRemoved(path), async () =>
            await _store.CommitAsync(Partition, changes, cancellationToken) is CommitResult.Committed ? Done.Instance : Changed(path), cancellationToken);
    }

    /// <summary>Commits against what was read: the changes of claims were made for it, so nobody may come between.</summary>
    private async Task<Result<T>> PutAsync<T>(
        Caller caller,
        TreePut<T> put,
        ResourcePath path,
        string description,
        JournalEvent intent,
        StoredDocument? old,
        List<DocumentChange> changes,
        CancellationToken cancellationToken)
        where T : notnull
    {
        if (FreeText.FaultOf(description, "description", MaximumDescriptionLength, required: false) is { } fault) return fault;
        if (old is not null && put.IsStored(old)) return put.Value;
        if (old is null && path.Depth > 1)
        {
            StoredDocument? parent = await _store.GetAsync(KeyOf(path.Parent), cancellationToken);
            if (parent is null) return MissingParent(path);
            changes.Add(new DocumentChange.Replace(RowOf(path.Parent), parent.Body, parent.Version));
        }

        return await _journal.RunAsync<T>(caller, intent, async entry =>
        {
            (T value, byte[] body) = put.Stamp(entry);
            changes.Add(old is null ? new DocumentChange.Insert(RowOf(path), body) : new DocumentChange.Replace(RowOf(path), body, old.Version));
            return await _store.CommitAsync(Partition, changes, cancellationToken) is CommitResult.Committed ? value : Changed(path);
        }, cancellationToken);
    }

    private async Task<ResourcePath?> FindFirstBelowAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        string prefix = path.Depth == 1 ? $"e:{path}:" : $"r:{Joined(path)}:";
        DocumentPage page = await _store.ListAsync(Partition, RowRange.StartingWith(prefix).Take(1), cancellationToken);
        return page.Documents.Count == 0 ? null : ResourcePath.Parse(page.Documents[0].Key.Row[2..].Replace(':', '/'));
    }

    private static Refusal.NotFound MissingParent(ResourcePath path) =>
        new($"there is no {(path.Depth == 2 ? "project" : "environment")} {path.Parent}", $"make {path.Parent} first");

    private static Refusal.Conflict Changed(ResourcePath path) =>
        new($"{path} or one of its addresses was changed by somebody else at the same time", "look at it again and repeat");
}
