using System.Globalization;
using System.Runtime.CompilerServices;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Leases segment numbers by compare-and-swap and keeps which segments are closed, and at which head.</summary>
internal sealed partial class SegmentRegistry(IStore store, TimeProvider clock)
{
    private const string Partition = "segments";
    private const string CounterRow = "next";
    private const string SegmentPrefix = "s:";
    private const string OpenPrefix = "o:";
    private static readonly DocumentKey CounterKey = new(Partition, CounterRow);

    /// <summary>Leases the next number: unique over all instances, for ever.</summary>
    public async Task<SegmentRecord> LeaseAsync(string instance, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<SegmentCounter>? counter = await store.ReadAsync(CounterKey, CoreJson.Default.SegmentCounter, cancellationToken);
            long number = counter?.Value.Next ?? 1;
            byte[] next = Json.Encode(new SegmentCounter(number + 1), CoreJson.Default.SegmentCounter);
            var segment = new SegmentRecord(number, instance, clock.GetUtcNow());
            CommitResult result = await store.CommitAsync(
                Partition,
                [
                    counter is null
                        ? new DocumentChange.Insert(CounterRow, next)
                        : new DocumentChange.Replace(CounterRow, next, counter.Version),
                    new DocumentChange.Insert(RowOf(number), Json.Encode(segment, CoreJson.Default.SegmentRecord)),
                    new DocumentChange.Insert(OpenRowOf(number), "{}"u8.ToArray()),
                ],
                cancellationToken);
            // A conflict means that another instance took the number; the next read sees the one after it.
            if (result is CommitResult.Committed) return segment;
        }
    }

    /// <summary>Ends and closes a segment; closing twice changes nothing.</summary>
    /// <param name="number">Which.</param>
    /// <param name="reason">What its last entry says where its writer left none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task CloseAsync(long number, string reason, CancellationToken cancellationToken)
    {
        Stored<SegmentRecord>? stored =
            await store.ReadAsync(new DocumentKey(Partition, RowOf(number)), CoreJson.Default.SegmentRecord, cancellationToken);
        if (stored is null || stored.Value.Closed is not null) return;
        JournalEntry last = await EndAsync(number, reason, cancellationToken);
        // A conflict means that another instance closed it.
        _ = await CommitClosedAsync(stored, last, cancellationToken);
    }

    /// <summary>Says that the entries of a closed segment go; its head stays.</summary>
    public async Task MarkRemovedAsync(long number, CancellationToken cancellationToken)
    {
        Stored<SegmentRecord>? stored =
            await store.ReadAsync(new DocumentKey(Partition, RowOf(number)), CoreJson.Default.SegmentRecord, cancellationToken);
        if (stored is not { Value: { Closed: not null, Removed: null } record }) return;
        byte[] body = Json.Encode(record with { Removed = clock.GetUtcNow() }, CoreJson.Default.SegmentRecord);
        await store.CommitAsync(Partition, [new DocumentChange.Replace(stored.Row, body, stored.Version)], cancellationToken);
    }

    private async Task<CommitResult> CommitClosedAsync(Stored<SegmentRecord> stored, JournalEntry? last, CancellationToken cancellationToken)
    {
        SegmentRecord closed = stored.Value with
        {
            Closed = clock.GetUtcNow(),
            LastIndex = last?.Position.Index ?? 0,
            Head = last?.Hash ?? JournalEntry.NoPrevious,
        };
        var changes = new List<DocumentChange>
        {
            new DocumentChange.Replace(stored.Row, Json.Encode(closed, CoreJson.Default.SegmentRecord), stored.Version),
        };
        if (await store.GetAsync(new DocumentKey(Partition, OpenRowOf(closed.Segment)), cancellationToken) is { } open)
            changes.Add(new DocumentChange.Delete(open.Key.Row, open.Version));
        return await store.CommitAsync(Partition, changes, cancellationToken);
    }

    /// <summary>The last entry of a segment: its writer's own, or one that is put behind what is durable.</summary>
    /// <remarks>
    /// That entry takes the index which a writer would use next. One that was only thought dead, or whose last commit arrives late, finds
    /// the index taken, so its commit fails whole and nothing ever follows the end.
    /// </remarks>
    private async Task<JournalEntry> EndAsync(long number, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            JournalEntry? last = await FindLastAsync(number, cancellationToken);
            if (last is { Event: JournalEvent.SegmentClosed } or { Position.Index: JournalPosition.MaximumIndex }) return last;
            var next = new JournalPosition(number, (last?.Position.Index ?? 0) + 1);
            JournalEntry end = JournalEntry.Create(
                next,
                clock.GetUtcNow(),
                JournalCaller.Of(Callers.Caller.System),
                new JournalEvent.SegmentClosed(reason),
                last?.Hash ?? JournalEntry.NoPrevious);
            var insert = new DocumentChange.Insert(JournalEntry.RowOf(next.Index), end.Encoded) { Stays = true };
            if (await store.CommitAsync(JournalEntry.PartitionOf(number), [insert], cancellationToken) is CommitResult.Committed) return end;
        }
    }

    /// <summary>The last durable entry of a segment; null when it has none.</summary>
    public async Task<JournalEntry?> FindLastAsync(long number, CancellationToken cancellationToken)
    {
        int index = await FindLastIndexAsync(number, cancellationToken);
        StoredDocument? last = index == 0 ? null : await store.GetAsync(JournalEntry.KeyOf(new JournalPosition(number, index)), cancellationToken);
        return last is null ? null : JournalEntry.Decode(last.Body);
    }

    /// <summary>Numbers of the segments that nobody closed, in order.</summary>
    public async Task<IReadOnlyList<long>> ListOpenAsync(CancellationToken cancellationToken)
    {
        var open = new List<long>();
        RowRange range = RowRange.StartingWith(OpenPrefix);
        while (true)
        {
            DocumentPage page = await store.ListAsync(Partition, range, cancellationToken);
            open.AddRange(page.Documents.Select(document => long.Parse(document.Key.Row.AsSpan(OpenPrefix.Length), CultureInfo.InvariantCulture)));
            if (page.Next is null) return open;
            range = range.Continue(page.Next);
        }
    }

    /// <summary>The segment with the highest number; null before the first lease.</summary>
    public async Task<SegmentRecord?> FindNewestAsync(CancellationToken cancellationToken)
    {
        Stored<SegmentCounter>? counter = await store.ReadAsync(CounterKey, CoreJson.Default.SegmentCounter, cancellationToken);
        return counter is null ? null : await FindAsync(counter.Value.Next - 1, cancellationToken);
    }

    /// <summary>One segment; null when its number was never leased.</summary>
    public async Task<SegmentRecord?> FindAsync(long number, CancellationToken cancellationToken)
    {
        if (number < 1) return null;
        Stored<SegmentRecord>? stored =
            await store.ReadAsync(new DocumentKey(Partition, RowOf(number)), CoreJson.Default.SegmentRecord, cancellationToken);
        return stored?.Value;
    }

    /// <summary>Every segment, in order.</summary>
    public IAsyncEnumerable<SegmentRecord> ListAsync(CancellationToken cancellationToken) => ListAfterAsync(0, cancellationToken);

    /// <summary>Every segment with a higher number, in order.</summary>
    public IAsyncEnumerable<SegmentRecord> ListAfterAsync(long number, CancellationToken cancellationToken) =>
        ListFromAsync(Math.Max(0, number) + 1, cancellationToken);

    /// <summary>Every segment from a number on, in order.</summary>
    public async IAsyncEnumerable<SegmentRecord> ListFromAsync(long first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(store, cancellationToken);
        long count = numbers.CountThrough(Math.Max(0, first - 1));
        RowRange range = RowRange.StartingWith(SegmentPrefix) with { From = RowOf(first) };
        await foreach (SegmentRecord record in store.ReadAllAsync(Partition, range, CoreJson.Default.SegmentRecord, cancellationToken))
        {
            // Numbers are dense but for known gaps, and a list is no snapshot: it may hold a segment and lack the one that was leased a moment before.
            for (; numbers.LastOf(count + 1) < record.Segment; count++)
            {
                if (await FindAsync(numbers.LastOf(count + 1), cancellationToken) is { } missed) yield return missed;
            }

            yield return record;
            count = numbers.CountThrough(record.Segment);
        }
    }

    /// <summary>Index of the last durable entry of a segment; 0 when it has none. Entries are dense, so a binary search finds it.</summary>
    public async Task<int> FindLastIndexAsync(long number, CancellationToken cancellationToken)
    {
        int known = 0;
        int beyond = JournalPosition.MaximumIndex + 1;
        while (beyond - known > 1)
        {
            int middle = (known + beyond) / 2;
            bool there = await store.GetAsync(JournalEntry.KeyOf(new JournalPosition(number, middle)), cancellationToken) is not null;
            (known, beyond) = there ? (middle, beyond) : (known, middle);
        }

        return known;
    }

    private static string RowOf(long number) => $"{SegmentPrefix}{number:D15}";

    // Lists the open ones, which are few, beside the closed ones, which are kept for ever.
    private static string OpenRowOf(long number) => $"{OpenPrefix}{number:D15}";
}
