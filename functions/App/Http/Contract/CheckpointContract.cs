using System.Text;
using SshFunctions.Api;
using SshFunctions.Core.Journal.Checkpoints;

namespace SshFunctions.App.Http.Contract;

/// <summary>Checkpoints and proofs as the API writes them.</summary>
internal static class CheckpointContract
{
    public static CheckpointResponse Of(Checkpoint checkpoint) => new(
        checkpoint.Number,
        checkpoint.Time,
        checkpoint.Size,
        checkpoint.Root,
        checkpoint.Frozen,
        checkpoint.FrozenRoot,
        checkpoint.Previous,
        checkpoint.Hash,
        checkpoint.Text,
        checkpoint.Signature);

    public static JournalProofResponse Of(JournalProof proof, ulong serial) => new(
        "sshfn-proof",
        1,
        serial,
        [.. proof.Entries.Select(entry => Encoding.UTF8.GetString(entry.Span))],
        proof.Path,
        proof.Checkpoint.Text,
        proof.Checkpoint.Signature,
        proof.Leaf == proof.Head.Segment - 1 ? null : proof.Leaf);
}
