using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal.Export;

/// <summary>The journal as lines, in the order of serials: what is read at once is one page of the store, however long the journal is.</summary>
/// <remarks>
/// The first line is <c>{"format":"sshfn-journal","version":1,…}</c>; then checkpoints, <c>{"checkpoint":STATEMENT,"signature":…}</c>; then
/// <c>{"removedThrough":N}</c> when retention removed segments; then entries, each exactly the bytes that are stored and hashed; then
/// <c>{"end":SERIAL}</c>. What goes on after a serial begins with its next entry.
/// </remarks>
public sealed class JournalExport
{
    /// <summary><c>format</c> of the first line.</summary>
    public const string Format = "sshfn-journal";

    private readonly IStore _store;
    private readonly CheckpointReader _checkpoints;
    private readonly JournalRetention _retention;
    private readonly SegmentRegistry _registry;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="checkpoints">Reads checkpoints.</param>
    /// <param name="retention">Knows what is removed.</param>
    /// <param name="clock">Time of the export.</param>
    public JournalExport(IStore store, CheckpointReader checkpoints, JournalRetention retention, TimeProvider clock)
    {
        _store = store;
        _checkpoints = checkpoints;
        _retention = retention;
        _registry = new SegmentRegistry(store, clock);
        _clock = clock;
    }

    /// <summary>Demands that a segment is there whose entries can be exported.</summary>
    /// <param name="segment">Its number; null for all that there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when there never was such a segment, or retention removed its entries.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RequireSegmentAsync(long? segment, CancellationToken cancellationToken)
    {
        if (segment is not { } number) return Done.Instance;
        SegmentRecord? record = await _registry.FindAsync(number, cancellationToken);
        if (record is null) return new Refusal.NotFound($"the journal has no segment {number}", "sshfn audit list --json shows the segment of each entry");
        return record.Removed is null
            ? Done.Instance
            : new Refusal.NotFound($"retention removed the entries of segment {number}", "an export from before holds them");
    }

    /// <summary>The lines of an export.</summary>
    /// <param name="order">What.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>UTF-8 JSON without line breaks, one object each.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadLinesAsync(
        JournalExportOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.After is null)
        {
            yield return Line(new(Format, 1, _clock.GetUtcNow(), order.Scope), CoreJson.Readable.JournalExportHeader);
            await foreach (Checkpoint checkpoint in CheckpointsAsync(order, cancellationToken))
                yield return Line(new(checkpoint.Text, checkpoint.Signature), CoreJson.Readable.JournalExportCheckpoint);
            if (await _retention.FindRemovedAsync(cancellationToken) is > 0 and var removed)
                yield return Line(new(removed), CoreJson.Readable.JournalExportRemoved);
        }

        ulong last = order.After?.Serial ?? 0;
        await foreach (StoredDocument document in ReadAsync(order, cancellationToken))
        {
            if (!order.Filter.TakesAll && !order.Filter.Fits(JournalEntry.Decode(document.Body))) continue;
            last = SerialOf(document.Key);
            yield return document.Body;
        }

        yield return Line(new(last), CoreJson.Readable.JournalExportEnd);
    }

    /// <summary>The entries of an export.</summary>
    /// <param name="order">What.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>In the order of serials.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<JournalEntry> ReadEntriesAsync(JournalExportOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        return ReadAsync(order, cancellationToken).Select(document => JournalEntry.Decode(document.Body)).Where(order.Filter.Fits);
    }

    private IAsyncEnumerable<Checkpoint> CheckpointsAsync(JournalExportOrder order, CancellationToken cancellationToken) => order.Scope switch
    {
        "whole" => _checkpoints.ListAsync(0, cancellationToken),
        "segment" => _checkpoints.ListAsync(0, cancellationToken).Where(checkpoint => checkpoint.Heads.Any(head => head.Segment == order.Segment)),
        _ => AsyncEnumerable.Empty<Checkpoint>(),
    };

    private async IAsyncEnumerable<StoredDocument> ReadAsync(
        JournalExportOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long first = order.Segment ?? order.After?.Segment ?? 1;
        await foreach (SegmentRecord record in _registry.ListAfterAsync(first - 1, cancellationToken))
        {
            if (order.Segment is { } only && record.Segment > only) yield break;
            if (!MayFit(record, order.Filter)) continue;
            RowRange range = RowRange.All.Take(PageSize);
            if (order.After is { } after && after.Segment == record.Segment) range = range.After(JournalEntry.RowOf(after.Index));
            for (bool going = true; going;)
            {
                DocumentPage page = await _store.ListAsync(JournalEntry.PartitionOf(record.Segment), range, cancellationToken);
                foreach (StoredDocument document in page.Documents) yield return document;
                going = page.Next is not null;
                if (going) range = range.Continue(page.Next!);
            }
        }
    }

    // Some hundred kilobytes: an entry is about half a kilobyte, and seldom many.
    private const int PageSize = 500;

    private static bool MayFit(SegmentRecord record, JournalFilter filter) =>
        record.Removed is null && !(record.Closed < filter.Since) && !(record.Opened - JournalMerge.ClockSlack >= filter.Until);

    private static ulong SerialOf(DocumentKey key) => JournalEntry.PositionOf(key).Serial;

    private static ReadOnlyMemory<byte> Line<T>(T line, JsonTypeInfo<T> type) => Json.Encode(line, type);
}
