using System.Runtime.CompilerServices;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Gives the journal's entries to somebody who must miss none, at least once, over restarts and instances.</summary>
/// <remarks>
/// Partition <c>followers</c>: one row for each follower, with a cursor for each segment that is not finished. Entries of one segment come
/// in order; segments of several brokers come beside each other. A cursor moves after its entries were taken, by compare-and-swap: a death
/// between the two gives them again, and of two instances at once one stops. Any instance may call at any time.
/// </remarks>
public sealed class JournalFollower
{
    private const string Partition = "followers";

    // Clocks of several brokers differ, and the first run comes a while after the start.
    private static readonly TimeSpan RecentPast = TimeSpan.FromMinutes(5);

    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly SegmentRegistry _registry;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where journal and cursors lie.</param>
    /// <param name="clock">Says when a follower first ran.</param>
    public JournalFollower(IStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _registry = new SegmentRegistry(store, clock);
    }

    /// <summary>Gives what was not taken yet: of each segment that has something, one batch.</summary>
    /// <param name="name">The follower; each has cursors of its own.</param>
    /// <param name="start">Where it begins when it never ran before.</param>
    /// <param name="limit">Most entries of a batch, 1 to <see cref="StoreLimits.MaximumPageCount"/>.</param>
    /// <param name="take">
    /// Takes entries of one segment, in order, and says how many from the first on are taken for good. Fewer than it got, or an exception,
    /// ends the call; the rest comes again.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; what was not marked as taken comes again.</exception>
    public async Task<FollowProgress> FollowAsync(
        string name,
        FollowStart start,
        int limit,
        Func<IReadOnlyList<JournalEntry>, CancellationToken, Task<int>> take,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(take);
        if (await OpenAsync(name, start, cancellationToken) is not { } mark) return new FollowProgress(0, FollowOutcome.Overtaken);
        int takenCount = 0;
        bool more = false;
        await foreach (PendingBatch batch in ReadPendingAsync(mark.Value, limit, cancellationToken))
        {
            int taken = batch.Entries.Count == 0 ? 0 : await take(batch.Entries, cancellationToken);
            if (await MoveAsync(name, mark, batch.CursorAfter(taken), cancellationToken) is not { } moved)
                return new FollowProgress(takenCount, FollowOutcome.Overtaken);
            mark = moved;
            takenCount += taken;
            if (taken < batch.Entries.Count) return new FollowProgress(takenCount, FollowOutcome.Stopped);
            more |= batch.HasMore;
        }

        return await LeaveFinishedAsync(name, mark, cancellationToken)
            ? new FollowProgress(takenCount, more ? FollowOutcome.More : FollowOutcome.CaughtUp)
            : new FollowProgress(takenCount, FollowOutcome.Overtaken);
    }

    /// <summary>How far a follower is behind.</summary>
    /// <param name="name">The follower.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it has not taken; null when it never ran.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<JournalLag?> FindLagAsync(string name, CancellationToken cancellationToken)
    {
        if (await _store.ReadAsync(KeyOf(name), CoreJson.Default.FollowerRecord, cancellationToken) is not { } mark) return null;
        var lag = new JournalLag(0, null);
        await foreach (SegmentRecord segment in _registry.ListFromAsync(mark.Value.Floor, cancellationToken))
        {
            SegmentCursor cursor = mark.Value.CursorOf(segment.Segment);
            if (cursor.Finished) continue;
            int last = segment.LastIndex ?? await _registry.FindLastIndexAsync(segment.Segment, cancellationToken);
            if (last <= cursor.Index) continue;
            StoredDocument? next = await _store.GetAsync(JournalEntry.KeyOf(new JournalPosition(segment.Segment, cursor.Index + 1)), cancellationToken);
            DateTimeOffset? time = next is null ? null : JournalEntry.Decode(next.Body).Time;
            lag = new JournalLag(lag.EntryCount + last - cursor.Index, lag.Oldest < time ? lag.Oldest : time ?? lag.Oldest);
        }

        return lag;
    }

    private async IAsyncEnumerable<PendingBatch> ReadPendingAsync(
        FollowerRecord record, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A record is read before its entries: what it calls closed had its last entry by then.
        await foreach (SegmentRecord segment in _registry.ListFromAsync(record.Floor, cancellationToken))
        {
            SegmentCursor cursor = record.CursorOf(segment.Segment);
            if (cursor.Finished) continue;
            RowRange range = RowRange.All.After(cursor.Index == 0 ? null : JournalEntry.RowOf(cursor.Index)).Take(limit);
            DocumentPage page = await _store.ListAsync(JournalEntry.PartitionOf(segment.Segment), range, cancellationToken);
            JournalEntry[] read = [.. DenseIn(page, segment, cursor.Index)];
            bool isWhole = page.Next is null && read.Length == page.Documents.Count;
            bool ends = segment.Closed is not null && isWhole;
            if (read.Length == 0 && !ends) continue;
            JournalEntry[] wanted = [.. read.Where(entry => record.Since is null || entry.Time >= record.Since)];
            yield return new PendingBatch(cursor, read, wanted, !isWhole, ends);
        }
    }

    // A list is no snapshot: it may hold an entry and lack the one that was written a moment before, which must not be passed over. Of a
    // segment that goes, what is left is taken.
    private static IEnumerable<JournalEntry> DenseIn(DocumentPage page, SegmentRecord segment, int after) => page.Documents
        .Select(document => JournalEntry.Decode(document.Body))
        .TakeWhile((entry, at) => segment.Removed is not null || entry.Position.Index == after + 1 + at);

    private async Task<Stored<FollowerRecord>?> OpenAsync(string name, FollowStart start, CancellationToken cancellationToken)
    {
        if (await _store.ReadAsync(KeyOf(name), CoreJson.Default.FollowerRecord, cancellationToken) is { } known) return known;
        DateTimeOffset? since = start == FollowStart.Recent ? _clock.GetUtcNow() - RecentPast : null;
        var begun = new FollowerRecord(since is { } recent ? await FindFirstAliveAsync(recent, cancellationToken) : 1, since, []);
        // Written before anything is given: what comes from now on is owed, whoever goes on.
        return await CommitAsync(name, begun, null, cancellationToken);
    }

    private async Task<long> FindFirstAliveAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        long beyond = 1;
        await foreach (SegmentRecord segment in _registry.ListFromAsync(1, cancellationToken))
        {
            if (!(segment.Closed < since)) return segment.Segment;
            beyond = segment.Segment + 1;
        }

        return beyond;
    }

    private async Task<Stored<FollowerRecord>?> MoveAsync(
        string name, Stored<FollowerRecord> mark, SegmentCursor cursor, CancellationToken cancellationToken) =>
        mark.Value.CursorOf(cursor.Segment) == cursor ? mark : await CommitAsync(name, mark.Value.With(cursor), mark.Version, cancellationToken);

    /// <summary>Forgets the cursors of finished segments that no unfinished one comes before; false when another instance was there first.</summary>
    private async Task<bool> LeaveFinishedAsync(string name, Stored<FollowerRecord> mark, CancellationToken cancellationToken)
    {
        long floor = mark.Value.Floor;
        if (!mark.Value.Cursors.Any(cursor => cursor.Finished)) return true;
        await foreach (SegmentRecord segment in _registry.ListFromAsync(floor, cancellationToken))
        {
            if (!mark.Value.CursorOf(segment.Segment).Finished) break;
            floor = segment.Segment + 1;
        }

        return floor == mark.Value.Floor || await CommitAsync(name, mark.Value.RaisedTo(floor), mark.Version, cancellationToken) is not null;
    }

    private async Task<Stored<FollowerRecord>?> CommitAsync(
        string name, FollowerRecord record, DocumentVersion? version, CancellationToken cancellationToken)
    {
        DocumentKey key = KeyOf(name);
        byte[] body = Json.Encode(record, CoreJson.Default.FollowerRecord);
        DocumentChange change = version is { } read ? new DocumentChange.Replace(key.Row, body, read) : new DocumentChange.Insert(key.Row, body);
        return await _store.CommitAsync(key.Partition, [change], cancellationToken) is CommitResult.Committed { Versions: [{ } written] }
            ? new Stored<FollowerRecord>(record, key.Row, written)
            : null;
    }

    private static DocumentKey KeyOf(string name) => new(Partition, DocumentKey.ShortSegment(name));
}
