namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>A Merkle tree that only grows, kept as the roots of its complete subtrees: as many as its size has ones in binary.</summary>
/// <remarks>Not thread safe. Source: RFC 9162, section 2.1.2.</remarks>
public sealed class MerklePeaks
{
    private readonly List<byte[]> _peaks;

    /// <summary>Continues a tree.</summary>
    /// <param name="count">Leaves that it has.</param>
    /// <param name="peaks">Roots of its complete subtrees, the largest first.</param>
    /// <exception cref="ArgumentException">Not as many as such a tree has.</exception>
    public MerklePeaks(long count = 0, IEnumerable<byte[]>? peaks = null)
    {
        Count = count;
        _peaks = [.. peaks ?? []];
        if (_peaks.Count != System.Numerics.BitOperations.PopCount((ulong)count))
            throw new ArgumentException($"a tree of {count} leaves has not {_peaks.Count} complete subtrees", nameof(peaks));
    }

    /// <summary>Leaves so far.</summary>
    public long Count { get; private set; }

    /// <summary>Roots of the complete subtrees, the largest first.</summary>
    public IReadOnlyList<byte[]> Peaks => _peaks;

    /// <summary>The tree's root.</summary>
    public byte[] Root
    {
        get
        {
            if (_peaks.Count == 0) return MerkleHash.Empty;
            byte[] root = _peaks[^1];
            for (int at = _peaks.Count - 2; at >= 0; at--) root = MerkleHash.OfNode(_peaks[at], root);
            return root;
        }
    }

    /// <summary>Adds a leaf.</summary>
    /// <param name="leaf">Its hash.</param>
    /// <param name="completed">Told each subtree that it completes: 2 to the power of its height are its leaves; null for nobody.</param>
    public void Add(byte[] leaf, Action<int, byte[]>? completed = null)
    {
        byte[] node = leaf;
        int height = 0;
        for (long rest = Count; (rest & 1) == 1; rest >>= 1)
        {
            node = MerkleHash.OfNode(_peaks[^1], node);
            _peaks.RemoveAt(_peaks.Count - 1);
            completed?.Invoke(++height, node);
        }

        _peaks.Add(node);
        Count++;
    }

    /// <summary>The same tree, to be continued apart.</summary>
    /// <returns>A copy.</returns>
    public MerklePeaks Copy() => new(Count, _peaks);
}
