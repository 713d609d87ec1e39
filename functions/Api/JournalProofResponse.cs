namespace SshFunctions.Api;

/// <summary>Shows that an entry is in the journal; kept as a file, it is proved offline by <c>sshfn audit verify --proof</c>.</summary>
/// <param name="Format">Always <c>sshfn-proof</c>.</param>
/// <param name="Version">1.</param>
/// <param name="Serial">The entry.</param>
/// <param name="Entries">Exactly as stored: the entry, and each after it up to the segment's head in the checkpoint.</param>
/// <param name="Path">Merkle path from that head to the checkpoint's root, the lowest first, lower-case hexadecimal.</param>
/// <param name="Statement">The checkpoint's statement.</param>
/// <param name="Signature">Its signature.</param>
/// <param name="Leaf">Place of the segment among all, from 0; null where that is one less than its number, as in every journal that never went on from a backup.</param>
public sealed record JournalProofResponse(
    string Format, int Version, ulong Serial, IReadOnlyList<string> Entries, IReadOnlyList<string> Path, string Statement, string Signature, long? Leaf = null);
