using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace SshFunctions.Hooks.Audit;

/// <summary>The tree over the heads of segments, rebuilt while checkpoints are read: leaf 0 is segment 1.</summary>
/// <remarks>Source: RFC 6962, section 2.1. A reading of its own: nothing of the broker's is used to check the broker.</remarks>
internal sealed class MerkleRoots
{
    private const int HashBytes = SHA256.HashSizeInBytes;
    private readonly List<List<byte[]>> _levels = [[]];

    internal long Count => _levels[0].Count;

    internal static byte[] Leaf(long segment, int last, ReadOnlySpan<byte> head)
    {
        Span<byte> content = stackalloc byte[1 + 8 + 4 + HashBytes];
        content[0] = 0;
        BinaryPrimitives.WriteInt64BigEndian(content[1..], segment);
        BinaryPrimitives.WriteInt32BigEndian(content[9..], last);
        head.CopyTo(content[13..]);
        return SHA256.HashData(content);
    }

    internal static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> content = stackalloc byte[1 + (2 * HashBytes)];
        content[0] = 1;
        left.CopyTo(content[1..]);
        right.CopyTo(content[(1 + HashBytes)..]);
        return SHA256.HashData(content);
    }

    /// <summary>Puts a leaf, at most one behind the last.</summary>
    internal void Put(int index, byte[] leaf)
    {
        Put(_levels[0], index, leaf);
        for (int height = 1; (index >> height) + 1 << height <= Count; height++)
        {
            if (_levels.Count == height)
                _levels.Add([]);
            int at = index >> height;
            Put(_levels[height], at, Node(_levels[height - 1][2 * at], _levels[height - 1][(2 * at) + 1]));
        }
    }

    /// <summary>Root over the first leaves.</summary>
    internal byte[] Root(long size)
    {
        if (size == 0)
            return SHA256.HashData([]);
        byte[]? root = null;
        for (long end = size; end > 0; end &= end - 1)
        {
            int height = BitOperations.TrailingZeroCount(end);
            byte[] peak = _levels[height][(int)((end >> height) - 1)];
            root = root is null ? peak : Node(peak, root);
        }

        return root!;
    }

    /// <summary>The root that a leaf and its path lead to; null when the path has not the length of its place. Source: RFC 9162, section 2.1.3.2.</summary>
    internal static byte[]? Climb(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path)
    {
        byte[] root = leaf;
        long last = size - 1;
        foreach (byte[] sibling in path)
        {
            if (last == 0)
                return null;
            bool right = (index & 1) == 1 || index == last;
            root = right ? Node(sibling, root) : Node(root, sibling);
            while (right && (index & 1) == 0 && index != 0)
                (index, last) = (index >> 1, last >> 1);
            (index, last) = (index >> 1, last >> 1);
        }

        return last == 0 ? root : null;
    }

    private static void Put(List<byte[]> level, int index, byte[] hash)
    {
        if (index == level.Count)
            level.Add(hash);
        else
            level[index] = hash;
    }
}
