using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

internal sealed partial class SegmentRegistry
{
    /// <summary>
    /// Closes what is open as it stands, without an entry: in the journal that was lost its writer may have gone on in the same segment,
    /// and no serial may mean two things. Only where no writer is alive.
    /// </summary>
    /// <exception cref="StoreUnavailableException">One is.</exception>
    public async Task CloseAsTheyAreAsync(CancellationToken cancellationToken)
    {
        foreach (long number in await ListOpenAsync(cancellationToken))
        {
            var key = new DocumentKey(Partition, RowOf(number));
            if (await store.ReadAsync(key, CoreJson.Default.SegmentRecord, cancellationToken) is not { } stored) continue;
            JournalEntry? last = await FindLastAsync(number, cancellationToken);
            if (await CommitClosedAsync(stored, last, cancellationToken) is not CommitResult.Committed)
                throw new StoreUnavailableException("another process writes to the store that is being restored");
        }
    }

    /// <summary>Leaves out numbers, so that the next lease is the first behind them, and keeps that it did. Only where no writer is alive.</summary>
    /// <param name="firstAfter">Gives the number to go on with, from the one that would be next: no lower.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<SegmentGap> SkipAsync(Func<long, long> firstAfter, CancellationToken cancellationToken)
    {
        while (true)
        {
            Stored<SegmentCounter>? counter = await store.ReadAsync(CounterKey, CoreJson.Default.SegmentCounter, cancellationToken);
            Stored<SegmentGaps>? gaps = await store.ReadAsync(SegmentNumbers.Key, CoreJson.Default.SegmentGaps, cancellationToken);
            long next = counter?.Value.Next ?? 1;
            var gap = new SegmentGap(next - 1, firstAfter(next));
            byte[] moved = Json.Encode(new SegmentCounter(gap.First), CoreJson.Default.SegmentCounter);
            byte[] kept = Json.Encode(new SegmentGaps([.. gaps?.Value.Gaps ?? [], gap]), CoreJson.Default.SegmentGaps);
            CommitResult result = await store.CommitAsync(
                Partition,
                [
                    counter is null ? new DocumentChange.Insert(CounterRow, moved) : new DocumentChange.Replace(CounterRow, moved, counter.Version),
                    gaps is null
                        ? new DocumentChange.Insert(SegmentNumbers.Key.Row, kept)
                        : new DocumentChange.Replace(SegmentNumbers.Key.Row, kept, gaps.Version),
                ],
                cancellationToken);
            if (result is CommitResult.Committed) return gap;
        }
    }
}
