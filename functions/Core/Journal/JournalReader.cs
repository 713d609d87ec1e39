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
    private readonly SegmentDirectory _directory;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="clock">Not read; segments carry their own times.</param>
    public JournalReader(IStore store, TimeProvider clock)
    {
        _store = store;
        _registry = new SegmentRegistry(store, clock);
        _directory = new SegmentDirectory(_registry);
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

    /// <summary>Entries newest first, over all segments; those of one instance in the order of its index.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="from">Where to go on; null for the end of the journal.</param>
    /// <param name="limit">Most entries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page; <see cref="JournalPage.Next"/> continues.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<JournalPage> ReadBackAsync(
        JournalFilter filter, JournalCursor? from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var sieve = new JournalSieve(filter);
        var merge = new JournalMerge(
            await _directory.ReadAsync(cancellationToken),
            filter,
            from,
            (record, last, segments) => ReadBeforeAsync(record.Segment, last, WindowOf(limit, segments), sieve, cancellationToken),
            record => FindStartAsync(record, filter.Until, cancellationToken));
        await merge.StartAsync();
        var entries = new List<JournalEntry>();
        bool MayGoOn() => merge.LookedCount + (merge.BegunCount * SegmentCost) < MaximumScanCount;
        while (entries.Count < limit && MayGoOn() && await merge.TakeAsync(MayGoOn) is { } entry)
        {
            if (filter.Fits(entry)) entries.Add(entry);
        }

        return new JournalPage(entries, merge.Next);
    }

    // Of many segments that overlap, each gives but a few entries to a page.
    private static int WindowOf(int limit, int segmentCount) => Math.Clamp(2 * limit / Math.Max(1, segmentCount), 10, WindowSize);

    // The oldest of each window in any case: it says how far the window goes, and whether what comes before is too old.
    private async Task<IReadOnlyList<JournalEntry>> ReadBeforeAsync(
        long segment, int last, int count, JournalSieve sieve, CancellationToken cancellationToken) =>
        [.. (await ReadWindowAsync(segment, Math.Max(1, last - count + 1), last, cancellationToken))
            .Where((document, at) => at == 0 || sieve.LetsThrough(document.Body.Span))
            .Select(document => JournalEntry.Decode(document.Body))];

    /// <summary>Index of the newest entry that is not younger than a filter wants, or a little after it.</summary>
    private async Task<int> FindStartAsync(SegmentRecord record, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        int last = record.LastIndex ?? await _registry.FindLastIndexAsync(record.Segment, cancellationToken);
        if (until is not { } end || record.Closed < end) return last;
        int beyond = last + 1;
        for (int known = 0; beyond - known > 1;)
        {
            int middle = (known + beyond) / 2;
            JournalEntry? entry = await FindAsync(new JournalPosition(record.Segment, middle), cancellationToken);
            // A clock may have been put back a little within the segment.
            if (entry is null || entry.Time < end + JournalMerge.ClockSlack) known = middle;
            else beyond = middle;
        }

        return beyond - 1;
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

    /// <summary>The stored bytes of some entries of a segment, in order.</summary>
    /// <param name="segment">Which.</param>
    /// <param name="first">Index of the first, from 1.</param>
    /// <param name="last">Index of the last, inclusive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that are there.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadRangeAsync(long segment, int first, int last, CancellationToken cancellationToken) =>
        [.. (await ReadWindowAsync(segment, first, last, cancellationToken)).Select(document => document.Body)];

    /// <summary>Entries since a time that may hold some text, of every segment that was still written then; newest first within its segment.</summary>
    /// <remarks>
    /// Segments of several instances overlap in time, so an old entry says nothing about the segments before its own. The others are not decoded,
    /// which is four fifths of what reading them costs; a few that are older or lack the text come along.
    /// </remarks>
    internal async IAsyncEnumerable<JournalEntry> ReadSinceAsync(
        DateTimeOffset oldest, JournalSieve sieve, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SegmentRecord segment in _registry.ListAsync(cancellationToken))
        {
            if (segment.Closed < oldest || segment.Removed is not null) continue;
            int last = segment.LastIndex ?? await _registry.FindLastIndexAsync(segment.Segment, cancellationToken);
            for (bool going = true; going && last > 0; last -= WindowSize)
            {
                // The first of a window is its oldest, and is let through always.
                IReadOnlyList<JournalEntry> window = await ReadBeforeAsync(segment.Segment, last, WindowSize, sieve, cancellationToken);
                foreach (JournalEntry entry in window.Reverse()) yield return entry;
                going = window is [var first, ..] && first.Time >= oldest;
            }
        }
    }

    /// <summary>Number of the newest segment.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>0 while there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<long> NewestSegmentAsync(CancellationToken cancellationToken) =>
        (await _registry.FindNewestAsync(cancellationToken))?.Segment ?? 0;

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
