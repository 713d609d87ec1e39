using System.Security.Cryptography;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Hashes of a Merkle tree: leaves and nodes apart, so that no node can be taken for a leaf.</summary>
/// <remarks>Source: RFC 6962, section 2.1; RFC 9162, section 2.1.1.</remarks>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>Hash of a leaf.</summary>
    /// <param name="content">What the leaf holds.</param>
    /// <returns>32 bytes that the caller owns.</returns>
    public static byte[] OfLeaf(ReadOnlySpan<byte> content) => SHA256.HashData([LeafPrefix, .. content]);

    /// <summary>Hash of the node over two others.</summary>
    /// <param name="left">32 bytes.</param>
    /// <param name="right">32 bytes.</param>
    /// <returns>32 bytes that the caller owns.</returns>
    public static byte[] OfNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> content = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        content[0] = NodePrefix;
        left.CopyTo(content[1..]);
        right.CopyTo(content[(1 + SHA256.HashSizeInBytes)..]);
        return SHA256.HashData(content);
    }
}
