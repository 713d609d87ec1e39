using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Keeps grants, so that those of one holder on one path are one range read.</summary>
/// <remarks>
/// Partition <c>grants</c>: row <c>g:PATH:HOLDER:ID</c> is the grant, row <c>i:ID</c> says where it lies. One commit writes or removes
/// both: a grant that its id does not find could neither be seen nor removed, and would still give access. Row <c>d:ID:TICKS</c> is a removal
/// of which something is left to do.
/// </remarks>
public sealed class GrantRegistry
{
    internal const string Partition = "grants";
    private const string PlacePrefix = "i:";
    private const string RemovalPrefix = "d:";
    private const int MaximumReadsAtOnce = 16;
    private readonly IStore _store;
    private readonly JournalWriter _journal;

    /// <summary>Makes a registry; touches nothing yet.</summary>
    /// <param name="store">Where grants lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    public GrantRegistry(IStore store, JournalWriter journal)
    {
        _store = store;
        _journal = journal;
    }

    /// <summary>Makes a grant, or changes the one of its identifier. A grant can't move to another path or holder.</summary>
    /// <param name="caller">Who does it; its right is checked by <see cref="Authority"/> beforehand.</param>
    /// <param name="grant">As it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grant; a <see cref="Refusal.Conflict"/> when it would move, or somebody changed it meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Grant>> PutAsync(Caller caller, Grant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (IsOfRequest(grant))
            return new Refusal.Conflict($"{grant.Id} is the name of a grant by access request, which comes and goes with its request", "choose another id");
        DocumentKey key = KeyOf(grant.Path, grant.Holder, grant.Id);
        DocumentKey placeKey = PlaceOf(grant.Id);
        Stored<GrantPlace>? place = await _store.ReadAsync(placeKey, CoreJson.Default.GrantPlace, cancellationToken);
        if (place is not null && (place.Value.Path != grant.Path || place.Value.Holder != grant.Holder))
        {
            return new Refusal.Conflict(
                $"grant {grant.Id} is on {place.Value.Path} for {place.Value.Holder} and can't move",
                "remove it first, or choose another id");
        }

        // What is left of the one before would be taken from this one.
        if (place is null && (await _store.ListAsync(Partition, RowRange.StartingWith($"{RemovalPrefix}{grant.Id}:").Take(1), cancellationToken)).Documents.Count > 0)
            return new Refusal.Conflict($"a grant {grant.Id} was removed, and what it gave is still being taken back", "repeat it in two minutes, or choose another id");
        return await _journal.RunAsync<Grant>(caller, new JournalEvent.GrantPut(grant), async () =>
        {
            byte[] body = Json.Encode(grant, CoreJson.Default.Grant);
            if (await _store.GetAsync(key, cancellationToken) is { } old)
                return await _store.TryPutAsync(key, body, old.Version, cancellationToken) ? grant : Changed(grant.Id);
            byte[] placed = Json.Encode(new GrantPlace(grant.Path, grant.Holder), CoreJson.Default.GrantPlace);
            CommitResult result = await _store.CommitAsync(
                Partition,
                [new DocumentChange.Insert(placeKey.Row, placed), new DocumentChange.Insert(key.Row, body)],
                cancellationToken);
            return result is CommitResult.Committed ? grant : Changed(grant.Id);
        }, cancellationToken);
    }

    /// <summary>One grant.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grant; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Grant?> FindAsync(GrantId id, CancellationToken cancellationToken)
    {
        Stored<GrantPlace>? place = await _store.ReadAsync(PlaceOf(id), CoreJson.Default.GrantPlace, cancellationToken);
        if (place is null) return null;
        DocumentKey key = KeyOf(place.Value.Path, place.Value.Holder, id);
        return (await _store.ReadAsync(key, CoreJson.Default.Grant, cancellationToken))?.Value;
    }

    /// <summary>Whether a grant that was read before is still there and says the same; one read.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False once it was removed, also when another has come in its place since.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> StandsAsync(Grant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        Stored<Grant>? stored = await _store.ReadAsync(KeyOf(grant.Path, grant.Holder, grant.Id), CoreJson.Default.Grant, cancellationToken);
        return stored is not null && (ReferenceEquals(stored.Value, grant) || Encoded(stored.Value).SequenceEqual(Encoded(grant)));
    }

    // Records compare their lists by reference; what is written of them compares all of it.
    private static ReadOnlySpan<byte> Encoded(Grant grant) => Json.Encode(grant, CoreJson.Default.Grant);

    /// <summary>Removes a grant, and notes in the same commit what is left to do; <see cref="ForgetRemovalAsync"/> takes the note away.</summary>
    /// <returns>A <see cref="Refusal.Conflict"/> when somebody changed it meanwhile.</returns>
    internal async Task<Result<Done>> RemoveAsync(Caller caller, Grant grant, GrantRemoval removal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (grant.Request is { } request)
            return new Refusal.Conflict($"grant {grant.Id} comes and goes with its access request", $"close that: sshfn request close {request}");
        DocumentKey key = KeyOf(grant.Path, grant.Holder, grant.Id);
        return await _journal.RunAsync<Done>(caller, new JournalEvent.GrantRemoved(grant.Id.Text, grant.Path), async () =>
        {
            StoredDocument? stored = await _store.GetAsync(key, cancellationToken);
            StoredDocument? place = await _store.GetAsync(PlaceOf(grant.Id), cancellationToken);
            if (stored is null || place is null) return Changed(grant.Id);
            CommitResult result = await _store.CommitAsync(
                Partition,
                [
                    new DocumentChange.Delete(key.Row, stored.Version),
                    new DocumentChange.Delete(place.Key.Row, place.Version),
                    new DocumentChange.Insert(RemovalOf(removal).Row, Json.Encode(removal, CoreJson.Default.GrantRemoval)),
                ],
                cancellationToken);
            return result is CommitResult.Committed ? Done.Instance : Changed(grant.Id);
        }, cancellationToken);
    }

    /// <summary>Removals of which something is left to do.</summary>
    internal IAsyncEnumerable<GrantRemoval> ListRemovalsAsync(CancellationToken cancellationToken) =>
        _store.ReadAllAsync(Partition, RowRange.StartingWith(RemovalPrefix), CoreJson.Default.GrantRemoval, cancellationToken);

    /// <summary>Says that nothing is left to do of a removal; idempotent.</summary>
    internal async Task ForgetRemovalAsync(GrantRemoval removal, CancellationToken cancellationToken)
    {
        DocumentKey key = RemovalOf(removal);
        if (await _store.GetAsync(key, cancellationToken) is { } stored)
            await _store.CommitAsync(Partition, [new DocumentChange.Delete(key.Row, stored.Version)], cancellationToken);
    }

    /// <summary>Grants that a caller holds, itself or through a group, on a path or above it; in force or not.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grants.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<IReadOnlyList<Grant>> FindForAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken) =>
        FindHeldAsync(Holder.Of(caller), path, cancellationToken);

    /// <summary>Grants of some holders on a path or above it; in force or not.</summary>
    internal async Task<IReadOnlyList<Grant>> FindHeldAsync(
        IEnumerable<Holder> holders, ResourcePath path, CancellationToken cancellationToken)
    {
        Holder[] all = [.. holders];
        RowRange[] ranges = [.. path.FromRoot().SelectMany(level => all.Select(holder => RowRange.StartingWith(PrefixOf(level, holder))))];
        var grants = new List<Grant>();
        // Somebody of many groups has many ranges, and over a network each is a round trip.
        foreach (RowRange[] some in ranges.Chunk(MaximumReadsAtOnce))
            foreach (IReadOnlyList<Grant> found in await Task.WhenAll(some.Select(range => _store.ReadListAsync(Partition, range, CoreJson.Default.Grant, cancellationToken)))) grants.AddRange(found);
        return grants;
    }

    /// <summary>Grants of every holder on one path, not above or below it; in force or not.</summary>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grants, by holder.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Grant> ListOnAsync(ResourcePath path, CancellationToken cancellationToken) =>
        _store.ReadAllAsync(
            Partition, RowRange.StartingWith($"g:{DocumentKey.Segment(path.Text)}:"), CoreJson.Default.Grant, cancellationToken);

    /// <summary>Grants that a caller holds on one path, not above or below it; in force or not. One range read, however many groups.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grants.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Grant> ListOnAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken) =>
        ListHeldAsync(caller, $"g:{DocumentKey.Segment(path.Text)}:", cancellationToken);

    /// <summary>Grants that a caller holds below a path, not on it; in force or not. One range read, however many groups.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where; of the root, those on it are told too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grants.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Grant> ListUnderAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken) =>
        ListHeldAsync(caller, path.Depth == 0 ? "g:" : $"g:{DocumentKey.Segment(path.Text + "/")}", cancellationToken);

    /// <summary>Grants of every holder on a path and below it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="after">Starts after this one; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The grants, by identifier.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<Grant> ListBelowAsync(
        ResourcePath path,
        GrantId? after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (StoredDocument place in ListDocumentsAsync(RowRange.StartingWith(PlacePrefix).After(after is { } last ? PlaceOf(last).Row : null), cancellationToken))
        {
            GrantPlace where = place.Decode(CoreJson.Default.GrantPlace);
            if (!path.Covers(where.Path)) continue;
            if (await FindAsync(GrantId.Parse(place.Key.Row[PlacePrefix.Length..]), cancellationToken) is { } grant) yield return grant;
        }
    }

    private async IAsyncEnumerable<Grant> ListHeldAsync(
        Caller caller, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> holders = [.. Holder.Of(caller).Select(holder => DocumentKey.ShortSegment(holder.ToString()))];
        await foreach (StoredDocument document in ListDocumentsAsync(RowRange.StartingWith(prefix), cancellationToken))
        {
            // The holder is in the key, so that grants of others need not be decoded.
            if (document.Key.Row.Split(':', 4) is [_, _, string holder, _] && holders.Contains(holder))
                yield return document.Decode(CoreJson.Default.Grant);
        }
    }

    private async IAsyncEnumerable<StoredDocument> ListDocumentsAsync(
        RowRange range, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            DocumentPage page = await _store.ListAsync(Partition, range, cancellationToken);
            foreach (StoredDocument document in page.Documents) yield return document;
            if (page.Next is null) yield break;
            range = range.Continue(page.Next);
        }
    }

    /// <summary>What makes the grant of an access request, changes its end or takes it away, for a commit of the partition together with the request.</summary>
    internal async Task<IReadOnlyList<DocumentChange>> FindChangesAsync(Grant? before, Grant? after, CancellationToken cancellationToken)
    {
        if ((before ?? after) is not { } grant || before == after) return [];
        DocumentKey key = KeyOf(grant.Path, grant.Holder, grant.Id);
        DocumentKey placeKey = PlaceOf(grant.Id);
        byte[]? body = after is null ? null : Json.Encode(after, CoreJson.Default.Grant);
        if (before is null && body is not null)
        {
            byte[] placed = Json.Encode(new GrantPlace(grant.Path, grant.Holder), CoreJson.Default.GrantPlace);
            return [new DocumentChange.Insert(placeKey.Row, placed), new DocumentChange.Insert(key.Row, body)];
        }

        StoredDocument? stored = await _store.GetAsync(key, cancellationToken);
        if (body is not null) return stored is null ? [] : [new DocumentChange.Replace(key.Row, body, stored.Version)];
        StoredDocument? place = await _store.GetAsync(placeKey, cancellationToken);
        return [.. new[] { stored, place }.OfType<StoredDocument>().Select(document => new DocumentChange.Delete(document.Key.Row, document.Version))];
    }

    private static Refusal.Conflict Changed(GrantId id) =>
        new($"grant {id} was changed by somebody else at the same time", "look at it again and repeat");

    /// <summary>Names that begin like those of requests are kept free, so that no standing grant stands in the way of one.</summary>
    private static bool IsOfRequest(Grant grant) =>
        grant.Request is not null || grant.Id.Text.StartsWith(AccessRequestId.GrantPrefix, StringComparison.Ordinal);

    private static DocumentKey RemovalOf(GrantRemoval removal) =>
        new(Partition, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{RemovalPrefix}{removal.Grant}:{removal.At.UtcTicks}"));

    private static DocumentKey PlaceOf(GrantId id) => new(Partition, PlacePrefix + id);

    private static DocumentKey KeyOf(ResourcePath path, Holder holder, GrantId id) => new(Partition, PrefixOf(path, holder) + id);

    private static string PrefixOf(ResourcePath path, Holder holder) =>
        $"g:{DocumentKey.Segment(path.Text)}:{DocumentKey.ShortSegment(holder.ToString())}:";
}
