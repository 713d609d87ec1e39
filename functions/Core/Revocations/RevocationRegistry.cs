using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Revocations;

/// <summary>Keeps revocations and the version of the list they make.</summary>
/// <remarks>
/// Partition <c>revocations</c>: row <c>r:KIND:TARGET</c> is a revocation, row <c>state</c> the version. Every commit replaces the state,
/// so versions grow by one per change and never repeat; a change without a revocation is what makes hosts look at sessions of registered keys. Expired serials leave with the next change, a few at a time, and all of them by
/// <see cref="PruneAsync"/>.
/// </remarks>
public sealed partial class RevocationRegistry
{
    /// <summary>Most characters of a reason.</summary>
    public const int MaximumReasonLength = 500;

    /// <summary>The queue that is told of every change.</summary>
    public const string Queue = "revocations";

    private const string Partition = "revocations";
    private const int ChunkSize = 60;
    private const int PruneSize = 30;
    private const int MaximumPruneCount = StoreLimits.MaximumChangeCount - 1;
    private const string SerialPrefix = "r:serial:";
    private const string HostPrefix = "r:host:";
    private static readonly DocumentKey StateKey = new(Partition, "state");
    private readonly IStore _store;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;
    private readonly RevocationSignal? _signal;
    private readonly IMessageQueue? _nudges;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where revocations lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="clock">Times, and what has expired.</param>
    /// <param name="signal">Raised after every change; null when nobody in this process waits for one.</param>
    /// <param name="nudges">Told of every change; null when nothing runs by itself.</param>
    public RevocationRegistry(
        IStore store, JournalWriter journal, TimeProvider clock, RevocationSignal? signal = null, IMessageQueue? nudges = null)
    {
        _store = store;
        _journal = journal;
        _clock = clock;
        _signal = signal;
        _nudges = nudges;
    }

    /// <summary>Version of the list; 0 while nothing was ever revoked.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Grows by one with every change.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> ReadVersionAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(StateKey, CoreJson.Default.RevocationState, cancellationToken))?.Value.Version ?? 0;

    /// <summary>Version of the list at which a revocation of a host last came, changed or went; 0 while no host was ever revoked.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Grows with every such change, and with no other but a restore.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> ReadHostsVersionAsync(CancellationToken cancellationToken) =>
        (await _store.ReadAsync(StateKey, CoreJson.Default.RevocationState, cancellationToken))?.Value.HostsVersion ?? 0;

    /// <summary>Puts revocations in force. What is in force already stays as it was first.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="revocations">What.</param>
    /// <param name="reason">Why; free text of at most <see cref="MaximumReasonLength"/> characters.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version from which on the list holds all of them, or <see cref="Refusal.Invalid"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Result<PublishedVersion>> RevokeAsync(
        Caller caller, IReadOnlyList<Revocation> revocations, string reason, CancellationToken cancellationToken) =>
        RevokeAsync(caller, revocations, reason, null, cancellationToken);

    /// <summary>Puts revocations in force. What is in force already stays as it was first.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="revocations">What.</param>
    /// <param name="reason">Why; free text of at most <see cref="MaximumReasonLength"/> characters.</param>
    /// <param name="grant">Under which all of it was minted, when it is taken back for that.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version from which on the list holds all of them, or <see cref="Refusal.Invalid"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<PublishedVersion>> RevokeAsync(
        Caller caller, IReadOnlyList<Revocation> revocations, string reason, GrantId? grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(revocations);
        if (FreeText.FaultOf(reason, "reason", MaximumReasonLength, required: true) is { } fault) return fault;
        var version = new PublishedVersion(await ReadVersionAsync(cancellationToken));
        // An entry for each commit: what is in force is then told exactly, and no entry outgrows a document of the store.
        foreach (Revocation[] chunk in revocations.Chunk(ChunkSize))
        {
            var intent = new JournalEvent.AccessRevoked([.. chunk.Select(revocation => revocation.Id)], reason, grant?.Text);
            Result<PublishedVersion> result = await _journal.RunAsync<PublishedVersion>(
                caller, intent, async () => new PublishedVersion(await InsertAsync(chunk, cancellationToken)), cancellationToken);
            if (!result.Try(out version, out Refusal? refusal)) return refusal;
        }

        await AnnounceAsync(version, cancellationToken);
        return version;
    }

    /// <summary>Takes a revocation back.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="id">Which, as <see cref="Revocation.Id"/> writes it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when it is not in force.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<PublishedVersion>> LiftAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        string row = RowOf(id);
        var missing = new Refusal.NotFound($"there is no revocation {id}", "list them: sshfn revocations list");
        if (row.Length > StoreLimits.MaximumKeyLength || await _store.GetAsync(new DocumentKey(Partition, row), cancellationToken) is null)
            return missing;
        Result<PublishedVersion> result = await _journal.RunAsync<PublishedVersion>(caller, new JournalEvent.RevocationLifted(id), async () =>
        {
            while (true)
            {
                StoredDocument? document = await _store.GetAsync(new DocumentKey(Partition, row), cancellationToken);
                if (document is null) return missing;
                var changes = new List<DocumentChange> { new DocumentChange.Delete(row, document.Version) };
                if (await TryCommitAsync(changes, cancellationToken) is { } version) return new PublishedVersion(version);
            }
        }, cancellationToken);
        if (result.Try(out PublishedVersion? lifted, out _)) await AnnounceAsync(lifted, cancellationToken);
        return result;
    }

    /// <summary>Takes every serial out that has expired, for any host whose clock is not more than a minute behind.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many; with any, the list has a new version.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        while (await FindExpiredAsync(cancellationToken) is { Length: > 0 } expired)
        {
            if (await TryCommitAsync([.. expired], cancellationToken) is null) continue;
            count += expired.Length;
            _signal?.Raise();
        }

        return count;
    }

    /// <summary>Raises the version of the list without a revocation, so that every host looks at its live sessions: what let one in was taken away.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<PublishedVersion> RaiseAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryCommitAsync([], cancellationToken) is not { } number) continue;
            var version = new PublishedVersion(number);
            await AnnounceAsync(version, cancellationToken);
            return version;
        }
    }

    private async Task AnnounceAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        _signal?.Raise();
        if (_nudges is null) return;
        try
        {
            await _nudges.SendAsync(Queue, Json.Encode(version, CoreJson.Default.PublishedVersion), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // What was revoked is in force; the nudge only takes work off the first host that asks, and a timer makes it good.
        }
    }

    private async Task<long> InsertAsync(Revocation[] revocations, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changes = new List<DocumentChange>();
            foreach (Revocation revocation in revocations.DistinctBy(revocation => revocation.Id))
            {
                string row = RowOf(revocation.Id);
                if (await _store.GetAsync(new DocumentKey(Partition, row), cancellationToken) is not null) continue;
                changes.Add(new DocumentChange.Insert(row, Json.Encode(revocation, CoreJson.Default.Revocation)));
            }

            if (changes.Count == 0) return await ReadVersionAsync(cancellationToken);
            changes.AddRange(await FindFirstExpiredAsync(cancellationToken));
            if (await TryCommitAsync(changes, cancellationToken) is { } version) return version;
        }
    }

    /// <summary>Commits changes with the next version; null when somebody else came first.</summary>
    private async Task<long?> TryCommitAsync(List<DocumentChange> changes, CancellationToken cancellationToken)
    {
        Stored<RevocationState>? state = await _store.ReadAsync(StateKey, CoreJson.Default.RevocationState, cancellationToken);
        long version = (state?.Value.Version ?? 0) + 1;
        long hosts = changes.Any(change => change.Row.StartsWith(HostPrefix, StringComparison.Ordinal)) ? version : state?.Value.HostsVersion ?? 0;
        byte[] body = Json.Encode(new RevocationState(version, _clock.GetUtcNow(), hosts), CoreJson.Default.RevocationState);
        changes.Add(state is null
            ? new DocumentChange.Insert(StateKey.Row, body)
            : new DocumentChange.Replace(StateKey.Row, body, state.Version));
        return await _store.CommitAsync(Partition, changes, cancellationToken) is CommitResult.Committed ? version : null;
    }

    private async Task<IEnumerable<DocumentChange>> FindFirstExpiredAsync(CancellationToken cancellationToken)
    {
        // Serials grow with time, so the ones that expired first stand first, more or less.
        DocumentPage page = await _store.ListAsync(Partition, RowRange.StartingWith(SerialPrefix).Take(PruneSize), cancellationToken);
        return ExpiredIn(page);
    }

    private async Task<ImmutableArray<DocumentChange>> FindExpiredAsync(CancellationToken cancellationToken)
    {
        var expired = new List<DocumentChange>();
        for (RowRange? rest = RowRange.StartingWith(SerialPrefix); rest is { } range && expired.Count < MaximumPruneCount;)
        {
            DocumentPage page = await _store.ListAsync(Partition, range, cancellationToken);
            expired.AddRange(ExpiredIn(page));
            rest = page.Next is null ? null : range.Continue(page.Next);
        }

        return [.. expired.Take(MaximumPruneCount)];
    }

    private IEnumerable<DocumentChange> ExpiredIn(DocumentPage page)
    {
        // A host whose clock is behind still takes what has expired here.
        DateTimeOffset past = _clock.GetUtcNow() - Certificates.CertificateLimits.Backdate;
        return page.Documents
            .Where(document => Json.Decode(document.Body, CoreJson.Default.Revocation).Expires <= past)
            .Select(document => new DocumentChange.Delete(document.Key.Row, document.Version));
    }

    private static string RowOf(string id)
    {
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? "" : id[..colon];
        string target = id[(colon + 1)..];
        if (kind == "serial") target = target.PadLeft(20, '0');
        return $"r:{DocumentKey.ShortSegment(kind)}:{DocumentKey.ShortSegment(target)}";
    }
}
