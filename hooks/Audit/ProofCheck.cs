using System.Security.Cryptography;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Audit;

/// <summary>Checks that an entry is in the journal that a checkpoint sealed.</summary>
internal static class ProofCheck
{
    /// <summary>Checks a proof.</summary>
    /// <returns>The checkpoint that it leads to.</returns>
    /// <exception cref="AuditFaultException">It proves nothing.</exception>
    internal static CheckpointLine Run(JournalProofResponse proof, IReadOnlyCollection<SshPublicKey> keys)
    {
        if (proof is not { Format: "sshfn-proof", Version: 1, Entries.Count: > 0 })
            throw AuditFaultException.Of("format", "the file is no proof of a version that this sshfn knows");
        CheckpointLine checkpoint = CheckpointLine.Parse(proof.Statement, proof.Signature);
        if (checkpoint.FaultOfSignature(keys) is { } fault)
            throw new AuditFaultException(fault);
        (long segment, int last, byte[] head) = Chain(proof);
        // Whatever the proof says of the place: the leaf holds the segment's number, and only its own place leads to the root.
        long leaf = proof.Leaf ?? segment - 1;
        byte[]? root = leaf < 0 || leaf >= checkpoint.Size
            ? null
            : MerkleRoots.Climb(MerkleRoots.Leaf(segment, last, head), leaf, checkpoint.Size, [.. proof.Path.Select(Hash)]);
        if (root is null || Convert.ToHexStringLower(root) != checkpoint.Root)
            throw AuditFaultException.At("changed", segment, (int)(proof.Serial & 0xFFFF), $"the entries do not lead to the root of checkpoint {checkpoint.Number}: one of them was changed, or is none of this journal");
        return checkpoint;
    }

    private static (long Segment, int Last, byte[] Head) Chain(JournalProofResponse proof)
    {
        (long segment, int index) = ((long)(proof.Serial >> 16), (int)(proof.Serial & 0xFFFF));
        byte[]? hash = null;
        foreach (string text in proof.Entries)
        {
            byte[] line = Encoding.UTF8.GetBytes(text);
            if (!EntryLine.TryRead(line, out EntryLine entry) || entry.Segment != segment || entry.Index != index)
                throw AuditFaultException.At("changed", segment, index, $"entry {index} of segment {segment} is missing from the proof");
            if (hash is not null && !entry.Previous.SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash))))
                throw AuditFaultException.At("changed", segment, index, $"entry {index} of segment {segment} does not follow from the one before it: one of them was changed");
            hash = SHA256.HashData(line);
            index++;
        }

        return (segment, index - 1, hash!);
    }

    private static byte[] Hash(string text)
    {
        try
        {
            return Convert.FromHexString(text) is { Length: SHA256.HashSizeInBytes } hash ? hash : throw new FormatException(text);
        }
        catch (FormatException)
        {
            throw AuditFaultException.Of("format", "the path of the proof holds something that is no hash");
        }
    }
}
