using System.Text;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Signs checkpoints over the journal. Any instance may run it at any time, also several at once.</summary>
/// <remarks>
/// One read for each segment that is open or was closed behind an open one, and one for each head that moved: segments that are closed and
/// sealed cost nothing, however many there are. Whoever loses the swap of the chain's end starts anew and finds nothing left to do.
/// </remarks>
public sealed class JournalSealer
{
    /// <summary>Most segments that one checkpoint adds; more are sealed by the next, at once.</summary>
    public const int MaximumNewCount = 2000;

    /// <summary>Most segments behind the first open one; later ones wait for it, so that a checkpoint fits one document.</summary>
    public const int MaximumTailCount = 3000;

    private readonly IStore _store;
    private readonly IStatementSigner _signer;
    private readonly TimeProvider _clock;
    private readonly SegmentRegistry _registry;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="signer">The journal key.</param>
    /// <param name="clock">Times of checkpoints.</param>
    public JournalSealer(IStore store, IStatementSigner signer, TimeProvider clock)
    {
        _store = store;
        _signer = signer;
        _clock = clock;
        _registry = new SegmentRegistry(store, clock);
    }

    /// <summary>Seals what is not sealed yet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The last checkpoint that this call added; null when nothing had changed.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">The journal key is away.</exception>
    /// <exception cref="JournalContradictionException">The store holds something else than was sealed.</exception>
    public async Task<Checkpoint?> SealAsync(CancellationToken cancellationToken)
    {
        Checkpoint? added = null;
        while (true)
        {
            Stored<CheckpointState>? state =
                await _store.ReadAsync(CheckpointRows.HeadKey, CoreJson.Default.CheckpointState, cancellationToken);
            Checkpoint? last = state is null ? null : await FindLastAsync(state.Value, cancellationToken);
            CheckpointDraft draft = await DraftAsync(state?.Value, last, cancellationToken);
            if (draft.Heads.Length == 0) return added;
            if (await TryAddAsync(state, last, draft, cancellationToken) is { } sealing) added = sealing;
        }
    }

    private async Task<Checkpoint> FindLastAsync(CheckpointState state, CancellationToken cancellationToken)
    {
        Stored<CheckpointRecord>? stored =
            await _store.ReadAsync(CheckpointRows.KeyOf(state.Number), CoreJson.Default.CheckpointRecord, cancellationToken);
        return stored is null ? throw new JournalContradictionException($"checkpoint {state.Number} is gone") : Checkpoint.Of(stored.Value);
    }

    private async Task<CheckpointDraft> DraftAsync(CheckpointState? state, Checkpoint? last, CancellationToken cancellationToken)
    {
        var draft = new CheckpointDraft(state?.ToPeaks() ?? new MerklePeaks(), last?.Tail ?? []);
        long size = (last?.Size ?? 0) + MaximumNewCount;
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        await foreach (SegmentRecord record in _registry.ListAfterAsync(numbers.LastOf(draft.Frozen), cancellationToken))
        {
            if (numbers.LeafOf(record.Segment) >= size || draft.TailCount == MaximumTailCount) break;
            SegmentHead head = await HeadOfAsync(record, draft.FindBefore(record.Segment), cancellationToken);
            draft.Add(head, closed: record.Closed is not null);
        }

        return draft;
    }

    /// <summary>Where a segment ends now; what was sealed of it before must still be there.</summary>
    private async Task<SegmentHead> HeadOfAsync(SegmentRecord record, SegmentHead? before, CancellationToken cancellationToken)
    {
        if (record is { Closed: not null, LastIndex: { } index, Head: { } hash })
        {
            var closed = new SegmentHead(record.Segment, index, hash);
            if (closed == before) return closed;
            await RequireAsync(closed, cancellationToken);
            if (before is not null) await RequireAsync(before, cancellationToken);
            return closed;
        }

        if (before is not null) await RequireAsync(before, cancellationToken);
        JournalEntry? last = await _registry.FindLastAsync(record.Segment, cancellationToken);
        return last is null
            ? new SegmentHead(record.Segment, 0, JournalEntry.NoPrevious)
            : new SegmentHead(record.Segment, last.Position.Index, last.Hash);
    }

    private async Task RequireAsync(SegmentHead head, CancellationToken cancellationToken)
    {
        if (head.Last == 0) return;
        StoredDocument? stored = await _store.GetAsync(JournalEntry.KeyOf(new JournalPosition(head.Segment, head.Last)), cancellationToken);
        if (stored is null || JournalEntry.HashOf(stored.Body.Span) != head.Head)
            throw new JournalContradictionException($"entry {head.Last} of segment {head.Segment} is not the one that was recorded as its head");
    }

    private async Task<Checkpoint?> TryAddAsync(
        Stored<CheckpointState>? state, Checkpoint? last, CheckpointDraft draft, CancellationToken cancellationToken)
    {
        long number = (last?.Number ?? 0) + 1;
        var statement = new CheckpointStatement(
            number, _clock.GetUtcNow(), last?.Hash ?? JournalEntry.NoPrevious, draft.Size, draft.Root, draft.Frozen, draft.FrozenRoot, draft.Heads);
        byte[] text = Json.Encode(statement, CoreJson.Readable.CheckpointStatement);
        string signature = await _signer.SignAsync(Checkpoint.SignatureNamespace, text, cancellationToken);
        var record = new CheckpointRecord(Encoding.UTF8.GetString(text), signature, draft.Tail);
        byte[] next = Json.Encode(new CheckpointState(number, draft.Frozen, draft.Peaks), CoreJson.Default.CheckpointState);
        CommitResult result = await _store.CommitAsync(
            CheckpointRows.Partition,
            [
                state is null
                    ? new DocumentChange.Insert(CheckpointRows.HeadRow, next)
                    : new DocumentChange.Replace(CheckpointRows.HeadRow, next, state.Version),
                new DocumentChange.Insert(CheckpointRows.RowOf(number), Json.Encode(record, CoreJson.Default.CheckpointRecord)),
                .. draft.Nodes.Select(node => new DocumentChange.Insert(node.Row, Json.Encode(new MerkleNode(node.Hash), CoreJson.Default.MerkleNode))),
            ],
            cancellationToken);
        return result is CommitResult.Committed ? Checkpoint.Of(record) : null;
    }
}
