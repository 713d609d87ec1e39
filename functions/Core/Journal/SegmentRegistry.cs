using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Leases segment numbers by compare-and-swap and keeps which segments are closed, and at which head.</summary>
internal sealed class SegmentRegistry(IStore store, TimeProvider clock)
{
    private const string Partition = "segments";
    private const string CounterRow = "next";
    private const string SegmentPrefix = "s:";
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
                ],
                cancellationToken);
            // A conflict means that another instance took the number; the next read sees the one after it.
            if (result is CommitResult.Committed) return segment;
        }
    }

    /// <summary>Closes a segment at its last durable entry; closing twice changes nothing.</summary>
    public async Task CloseAsync(long number, CancellationToken cancellationToken)
    {
        Stored<SegmentRecord>? stored =
            await store.ReadAsync(new DocumentKey(Partition, RowOf(number)), CoreJson.Default.SegmentRecord, cancellationToken);
        if (stored is null || stored.Value.Closed is not null) return;
        int last = await FindLastIndexAsync(number, cancellationToken);
        StoredDocument? head = last == 0
            ? null
            : await store.GetAsync(JournalEntry.KeyOf(new JournalPosition(number, last)), cancellationToken);
        SegmentRecord closed = stored.Value with
        {
            Closed = clock.GetUtcNow(),
            LastIndex = last,
            Head = head is null ? JournalEntry.NoPrevious : JournalEntry.HashOf(head.Body.Span),
        };
        await store.CommitAsync(
            Partition,
            [new DocumentChange.Replace(RowOf(number), Json.Encode(closed, CoreJson.Default.SegmentRecord), stored.Version)],
            cancellationToken);
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
    public IAsyncEnumerable<SegmentRecord> ListAsync(CancellationToken cancellationToken) =>
        store.ReadAllAsync(Partition, RowRange.StartingWith(SegmentPrefix), CoreJson.Default.SegmentRecord, cancellationToken);

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
}
