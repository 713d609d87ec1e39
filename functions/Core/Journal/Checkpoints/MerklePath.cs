namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Proofs of a Merkle tree, made and checked.</summary>
/// <remarks>Source: RFC 6962, sections 2.1.1 and 2.1.2; RFC 9162, sections 2.1.3.2 and 2.1.4.2.</remarks>
public static class MerklePath
{
    /// <summary>The hashes that lead from a leaf to the root.</summary>
    /// <param name="index">The leaf, from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="hashOf">Root of the leaves from one index, so many.</param>
    /// <returns>The lowest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static async Task<IReadOnlyList<byte[]>> OfLeafAsync(long index, long size, Func<long, long, ValueTask<byte[]>> hashOf)
    {
        ArgumentNullException.ThrowIfNull(hashOf);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        long start = 0;
        while (size > 1)
        {
            long left = SplitOf(size);
            bool goLeft = index - start < left;
            path.Add(goLeft ? await hashOf(start + left, size - left) : await hashOf(start, left));
            (start, size) = goLeft ? (start, left) : (start + left, size - left);
        }

        path.Reverse();
        return path;
    }

    /// <summary>The hashes that show that a tree is the beginning of another.</summary>
    /// <param name="older">Leaves of the smaller tree, at least 1.</param>
    /// <param name="size">Leaves of the larger one.</param>
    /// <param name="hashOf">Root of the leaves from one index, so many.</param>
    /// <returns>The lowest first; none when they are one tree.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The smaller tree is empty, or the larger.</exception>
    public static async Task<IReadOnlyList<byte[]>> OfPrefixAsync(long older, long size, Func<long, long, ValueTask<byte[]>> hashOf)
    {
        ArgumentNullException.ThrowIfNull(hashOf);
        ArgumentOutOfRangeException.ThrowIfLessThan(older, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, size);
        var path = new List<byte[]>();
        long start = 0;
        bool whole = true;
        while (older < size)
        {
            long left = SplitOf(size);
            bool goLeft = older <= left;
            path.Add(goLeft ? await hashOf(start + left, size - left) : await hashOf(start, left));
            if (goLeft) size = left;
            else (start, older, size, whole) = (start + left, older - left, size - left, false);
        }

        if (!whole) path.Add(await hashOf(start, size));
        path.Reverse();
        return path;
    }

    /// <summary>The root that a leaf and its path lead to.</summary>
    /// <param name="leaf">Hash of the leaf.</param>
    /// <param name="index">Its index, from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="path">The lowest first.</param>
    /// <returns>The root; null when the path is not as long as the place of the leaf demands.</returns>
    public static byte[]? RootOf(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= size) return null;
        byte[] root = leaf;
        long last = size - 1;
        foreach (byte[] sibling in path)
        {
            if (last == 0) return null;
            if ((index & 1) == 1 || index == last)
            {
                root = MerkleHash.OfNode(sibling, root);
                for (; (index & 1) == 0 && index != 0; index >>= 1) last >>= 1;
            }
            else
            {
                root = MerkleHash.OfNode(root, sibling);
            }

            (index, last) = (index >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }

    /// <summary>Whether a tree is the beginning of another.</summary>
    /// <param name="older">Leaves of the smaller tree, at least 1.</param>
    /// <param name="olderRoot">Its root.</param>
    /// <param name="size">Leaves of the larger one.</param>
    /// <param name="root">Its root.</param>
    /// <param name="path">The lowest first.</param>
    /// <returns>Whether the path shows it.</returns>
    public static bool ShowsPrefix(long older, byte[] olderRoot, long size, byte[] root, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (older < 1 || older > size) return false;
        if (older == size) return path.Count == 0 && olderRoot.AsSpan().SequenceEqual(root);
        byte[][] steps = System.Numerics.BitOperations.IsPow2(older) ? [olderRoot, .. path] : [.. path];
        if (steps.Length == 0) return false;
        (long first, long last) = (older - 1, size - 1);
        for (; (first & 1) == 1; first >>= 1) last >>= 1;
        byte[] was = steps[0];
        byte[] now = steps[0];
        foreach (byte[] step in steps.Skip(1))
        {
            if (last == 0) return false;
            if ((first & 1) == 1 || first == last)
            {
                was = MerkleHash.OfNode(step, was);
                now = MerkleHash.OfNode(step, now);
                for (; (first & 1) == 0 && first != 0; first >>= 1) last >>= 1;
            }
            else
            {
                now = MerkleHash.OfNode(now, step);
            }

            (first, last) = (first >> 1, last >> 1);
        }

        return last == 0 && was.AsSpan().SequenceEqual(olderRoot) && now.AsSpan().SequenceEqual(root);
    }

    /// <summary>The largest power of two below a size.</summary>
    internal static long SplitOf(long size) => 1L << System.Numerics.BitOperations.Log2((ulong)(size - 1));
}
