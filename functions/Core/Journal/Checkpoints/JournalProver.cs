using System.Collections.Immutable;
using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Makes proofs from what is stored.</summary>
public sealed class JournalProver
{
    private readonly IStore _store;
    private readonly JournalReader _reader;
    private readonly CheckpointReader _checkpoints;
    private readonly SegmentRegistry _registry;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="reader">Reads entries.</param>
    /// <param name="checkpoints">Reads checkpoints.</param>
    /// <param name="clock">Not read.</param>
    public JournalProver(IStore store, JournalReader reader, CheckpointReader checkpoints, TimeProvider clock)
    {
        _store = store;
        _reader = reader;
        _checkpoints = checkpoints;
        _registry = new SegmentRegistry(store, clock);
    }

    /// <summary>Proves that an entry is in the journal.</summary>
    /// <param name="position">Where it lies.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when there is no such entry, <see cref="Refusal.Conflict"/> while no checkpoint covers it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<JournalProof>> ProveAsync(JournalPosition position, CancellationToken cancellationToken)
    {
        if (await _reader.FindAsync(position, cancellationToken) is null)
            return new Refusal.NotFound($"no entry has serial {position.Serial}", "the serial is in: sshfn audit list");
        if (await _checkpoints.FindFirstOverAsync(position, cancellationToken) is not { } checkpoint)
            return new Refusal.Conflict($"entry {position.Serial} is not sealed yet", "checkpoints are made every five minutes: ask again then");
        SegmentHead head = await HeadInAsync(checkpoint, position.Segment, cancellationToken);
        IReadOnlyList<ReadOnlyMemory<byte>> entries =
            await _reader.ReadRangeAsync(position.Segment, position.Index, head.Last, cancellationToken);
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        long leaf = numbers.LeafOf(position.Segment);
        IReadOnlyList<byte[]> path = await MerklePath.OfLeafAsync(
            leaf, checkpoint.Size, (start, count) => HashOfAsync(checkpoint, numbers, start, count, cancellationToken));
        return new JournalProof([.. entries], head, [.. path.Select(Convert.ToHexStringLower)], checkpoint, leaf);
    }

    /// <summary>Shows that the closed segments of a checkpoint are the first ones of a later checkpoint.</summary>
    /// <param name="older">The earlier checkpoint; covers at least one closed segment.</param>
    /// <param name="newer">The later one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>From <see cref="Checkpoint.FrozenRoot"/> to <see cref="Checkpoint.FrozenRoot"/>; lower-case hexadecimal.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<ImmutableArray<string>> ProvePrefixAsync(Checkpoint older, Checkpoint newer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        SegmentNumbers numbers = await SegmentNumbers.ReadAsync(_store, cancellationToken);
        IReadOnlyList<byte[]> path = await MerklePath.OfPrefixAsync(
            older.Frozen, newer.Frozen, (start, count) => HashOfAsync(newer, numbers, start, count, cancellationToken));
        return [.. path.Select(Convert.ToHexStringLower)];
    }

    private async Task<SegmentHead> HeadInAsync(Checkpoint checkpoint, long segment, CancellationToken cancellationToken)
    {
        if (checkpoint.Tail.FirstOrDefault(head => head.Segment == segment) is { } open) return open;
        SegmentRecord? closed = await _registry.FindAsync(segment, cancellationToken);
        return HeadOf(closed ?? throw new JournalContradictionException($"segment {segment} is gone"));
    }

    /// <summary>Root of a range of a checkpoint's leaves.</summary>
    private async ValueTask<byte[]> HashOfAsync(
        Checkpoint checkpoint, SegmentNumbers numbers, long start, long count, CancellationToken cancellationToken)
    {
        int height = System.Numerics.BitOperations.Log2((ulong)count);
        bool complete = System.Numerics.BitOperations.IsPow2(count) && start % count == 0 && start + count <= checkpoint.Frozen;
        if (complete && height > 0 && height % CheckpointRows.HeightStep == 0) return await ReadNodeAsync(height, start >> height, cancellationToken);
        if (count <= 1 << CheckpointRows.HeightStep) return await ReadLeavesAsync(checkpoint, numbers, start, count, cancellationToken);
        long left = MerklePath.SplitOf(count);
        byte[] first = await HashOfAsync(checkpoint, numbers, start, left, cancellationToken);
        byte[] second = await HashOfAsync(checkpoint, numbers, start + left, count - left, cancellationToken);
        return MerkleHash.OfNode(first, second);
    }

    private async Task<byte[]> ReadNodeAsync(int height, long index, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(CheckpointRows.Partition, CheckpointRows.NodeRowOf(height, index));
        Stored<MerkleNode>? node = await _store.ReadAsync(key, CoreJson.Default.MerkleNode, cancellationToken);
        return Convert.FromHexString((node ?? throw new JournalContradictionException(
            string.Create(CultureInfo.InvariantCulture, $"node {index} of height {height} is gone"))).Value.Hash);
    }

    private async Task<byte[]> ReadLeavesAsync(
        Checkpoint checkpoint, SegmentNumbers numbers, long start, long count, CancellationToken cancellationToken)
    {
        var tree = new MerklePeaks();
        if (start < checkpoint.Frozen)
        {
            await foreach (SegmentRecord record in _registry.ListAfterAsync(numbers.LastOf(start), cancellationToken))
            {
                if (numbers.LeafOf(record.Segment) >= Math.Min(start + count, checkpoint.Frozen)) break;
                tree.Add(HeadOf(record).ToLeaf());
            }
        }

        foreach (SegmentHead head in checkpoint.Tail.Where(head => numbers.LeafOf(head.Segment) is var leaf && leaf >= start && leaf < start + count))
            tree.Add(head.ToLeaf());
        return tree.Count == count
            ? tree.Root
            : throw new JournalContradictionException($"segments {numbers.LastOf(start + 1)} to {numbers.LastOf(start + count)} are not all there");
    }

    private static SegmentHead HeadOf(SegmentRecord record) => record is { LastIndex: { } last, Head: { } head }
        ? new SegmentHead(record.Segment, last, head)
        : throw new JournalContradictionException($"segment {record.Segment} was sealed as closed and is open");
}
