using System.Text;
using SshFunctions.Api;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Hooks.Audit;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Tests.Audit;

public sealed class ProofCheckTests
{
    [Fact(Timeout = 60_000)]
    public async Task Every_sealed_entry_is_proved_and_no_proof_survives_a_change()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        var prover = new JournalProver(
            sample.Store, new JournalReader(sample.Store, sample.Clock), new CheckpointReader(sample.Store), sample.Clock);
        foreach ((long segment, int index) in new[] { (1L, 1), (1L, 14), (2L, 5), (3L, 7), (4L, 6) })
        {
            var position = new JournalPosition(segment, index);
            JournalProof made = (await prover.ProveAsync(position, default)).Value!;
            var proof = new JournalProofResponse(
                "sshfn-proof", 1, position.Serial, [.. made.Entries.Select(entry => Encoding.UTF8.GetString(entry.Span))], made.Path, made.Checkpoint.Text, made.Checkpoint.Signature);
            Assert.Equal(made.Checkpoint.Number, ProofCheck.Run(proof, [sample.Key]).Number);

            string first = proof.Entries[0].Replace("SHA256", "SHA257", StringComparison.Ordinal).Replace("1.0", "1.1", StringComparison.Ordinal).Replace("stopped", "started", StringComparison.Ordinal);
            Fails("changed", proof with { Entries = [first, .. proof.Entries.Skip(1)] });
            Fails("changed", proof with { Entries = [.. proof.Entries, proof.Entries[0]] });
            Fails("changed", proof with { Serial = proof.Serial + 1 });
            Fails("changed", proof with { Path = [.. proof.Path, made.Checkpoint.Root] });
            Fails("signature", proof with { Statement = proof.Statement.Replace("\"size\":", "\"size\": ", StringComparison.Ordinal) });
            Fails("format", proof with { Entries = [] });
            Assert.Equal("key", Assert.Throws<AuditFaultException>(() => ProofCheck.Run(proof, [other.PublicKey])).Fault.Kind);
        }

        void Fails(string kind, JournalProofResponse proof) =>
            Assert.Equal(kind, Assert.Throws<AuditFaultException>(() => ProofCheck.Run(proof, [sample.Key])).Fault.Kind);
    }
}
