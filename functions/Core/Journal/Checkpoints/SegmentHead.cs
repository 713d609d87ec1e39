using System.Buffers.Binary;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Where a segment ended when a checkpoint was made: one leaf of its tree, leaf 0 being segment 1.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="Last">Index of its last entry; 0 while it has none.</param>
/// <param name="Head">Hash of that entry; <see cref="JournalEntry.NoPrevious"/> while it has none.</param>
public sealed record SegmentHead(long Segment, int Last, string Head)
{
    //  uint64    segment
    //  uint32    index of the last entry
    //  byte[32]  SHA-256 of the last entry
    private const int LeafBytes = 8 + 4 + 32;

    /// <summary>Hash of the leaf.</summary>
    /// <returns>32 bytes that the caller owns.</returns>
    /// <exception cref="FormatException">The head is no hash.</exception>
    public byte[] ToLeaf()
    {
        Span<byte> content = stackalloc byte[LeafBytes];
        BinaryPrimitives.WriteInt64BigEndian(content, Segment);
        BinaryPrimitives.WriteInt32BigEndian(content[8..], Last);
        byte[] head = Convert.FromHexString(Head);
        if (head.Length != 32) throw new FormatException("a head is 64 hexadecimal digits");
        head.CopyTo(content[12..]);
        return MerkleHash.OfLeaf(content);
    }
}
