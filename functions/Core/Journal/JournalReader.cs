using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Reads the journal.</summary>
public sealed class JournalReader
{
    /// <summary>Most entries that one page looks at, so that a filter that fits nothing still answers soon.</summary>
    public const int MaximumScanCount = 20_000;

    private const int WindowSize = 500;

    // Finding the end of a segment costs a record and a binary search: as much as some entries, even when it has none.
    private const int SegmentCost = 20;
    private readonly IStore _store;
    private readonly SegmentRegistry _registry;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="clock">Not read; segments carry their own times.</param>
    public JournalReader(IStore store, TimeProvider clock)
    {
        _store = store;
        _registry = new SegmentRegistry(store, clock);
    }

    /// <summary>One entry.</summary>
    /// <param name="position">Where it lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The entry; null when nothing is recorded there.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<JournalEntry?> FindAsync(JournalPosition position, CancellationToken cancellationToken)
    {
        StoredDocument? document = await _store.GetAsync(JournalEntry.KeyOf(position), cancellationToken);
        return document is null ? null : JournalEntry.Decode(document.Body);
    }

    /// <summary>Entries newest first: by segment, then index. Segments of several brokers overlap in time.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="from">Newest entry to look at; null, or a place beyond the newest segment, for the end of the journal.</param>
    /// <param name="limit">Most entries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page; <see cref="JournalPage.Next"/> continues.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<JournalPage> ReadBackAsync(
        JournalFilter filter, JournalPosition? from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var entries = new List<JournalEntry>();
        int looked = 0;
        (long Segment, int LastIndex) known = default;
        long newest = await NewestSegmentAsync(cancellationToken);
        JournalPosition? next = from is { } start && start.Segment <= newest ? start : EndOf(newest);
        while (next is { } position && entries.Count < limit && looked < MaximumScanCount)
        {
            if (position.Segment != known.Segment)
            {
                known = (position.Segment, await FindLastIndexAsync(position.Segment, cancellationToken));
                looked += SegmentCost;
            }

            int last = Math.Min(position.Index, known.LastIndex);
            int first = Math.Max(1, last - WindowSize + 1);
            IReadOnlyList<StoredDocument> window =
                last == 0 ? [] : await ReadWindowAsync(position.Segment, first, last, cancellationToken);
            looked++;
            int at = window.Count - 1;
            for (; at >= 0 && entries.Count < limit; at--, looked++)
            {
                JournalEntry entry = JournalEntry.Decode(window[at].Body);
                if (filter.Fits(entry)) entries.Add(entry);
            }

            next = at >= 0 ? new JournalPosition(position.Segment, first + at)
                : first > 1 ? new JournalPosition(position.Segment, first - 1)
                : EndOf(position.Segment - 1);
        }

        return new JournalPage(entries, next);
    }

    /// <summary>The stored bytes of a segment, from its first entry.</summary>
    /// <param name="segment">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One body for each entry, in order.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadSegmentAsync(
        long segment, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RowRange range = RowRange.All;
        while (true)
        {
            DocumentPage page = await _store.ListAsync(JournalEntry.PartitionOf(segment), range, cancellationToken);
            foreach (StoredDocument document in page.Documents) yield return document.Body;
            if (page.Next is null) yield break;
            range = range.Continue(page.Next);
        }
    }

    /// <summary>Every entry since a time, of every segment that was still written then; newest first within its segment.</summary>
    /// <remarks>Segments of several instances overlap in time, so an old entry says nothing about the segments before its own.</remarks>
    internal async IAsyncEnumerable<JournalEntry> ReadSinceAsync(
        DateTimeOffset oldest, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SegmentRecord segment in _registry.ListAsync(cancellationToken))
        {
            if (segment.Closed < oldest) continue;
            int last = segment.LastIndex ?? await _registry.FindLastIndexAsync(segment.Segment, cancellationToken);
            bool going = true;
            for (; going && last > 0; last -= WindowSize)
            {
                int first = Math.Max(1, last - WindowSize + 1);
                foreach (StoredDocument document in (await ReadWindowAsync(segment.Segment, first, last, cancellationToken)).Reverse())
                {
                    JournalEntry entry = JournalEntry.Decode(document.Body);
                    going = entry.Time >= oldest;
                    if (!going) break;
                    yield return entry;
                }
            }
        }
    }

    /// <summary>Number of the newest segment.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>0 while there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> NewestSegmentAsync(CancellationToken cancellationToken) =>
        (await _registry.FindNewestAsync(cancellationToken))?.Segment ?? 0;

    /// <summary>Where a segment ends at the latest; null before the first.</summary>
    private static JournalPosition? EndOf(long segment) =>
        segment < 1 ? null : new JournalPosition(segment, JournalPosition.MaximumIndex);

    private async Task<int> FindLastIndexAsync(long segment, CancellationToken cancellationToken) =>
        (await _registry.FindAsync(segment, cancellationToken))?.LastIndex
            ?? await _registry.FindLastIndexAsync(segment, cancellationToken);

    private async Task<IReadOnlyList<StoredDocument>> ReadWindowAsync(
        long segment, int first, int last, CancellationToken cancellationToken)
    {
        var range = new RowRange(JournalEntry.RowOf(first), JournalEntry.RowOf(last) + "!", WindowSize);
        var documents = new List<StoredDocument>();
        while (true)
        {
            DocumentPage page = await _store.ListAsync(JournalEntry.PartitionOf(segment), range, cancellationToken);
            documents.AddRange(page.Documents);
            if (page.Next is null) return documents;
            range = range.Continue(page.Next);
        }
    }
}
