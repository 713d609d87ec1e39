using System.Text;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class SignatureFuzzTests
{
    private readonly byte[][] _wires = Corpus.SignatureWires;

    // The namespace is never the right one, so that no time goes into checking signatures; VerifyFuzzTests does that.
    [Fact(Timeout = 1_800_000)]
    public async Task A_signature_of_a_message_is_refused_for_another_namespace_whatever_it_holds()
    {
        var wires = new WireMutator(_wires);
        var texts = new TextMutator(Corpus.SignatureFiles.Select(Vector.Bytes));
        await new FuzzRun("SSHSIG, binary and armored").RunAsync(
            chance => chance.OneIn(3) ? texts.Make(chance) : Corpus.ArmorOf("SSH SIGNATURE", wires.Make(chance)),
            input => SshSig.Verify(Encoding.UTF8.GetString(input), "another@sshfn", "message"u8, out _, out string? reason) ? "was taken for another namespace"
                : string.IsNullOrEmpty(reason) ? "refused without a reason" : null);
    }

    [Fact(Timeout = 1_800_000)]
    public async Task A_signature_on_the_wire_is_written_as_it_was_read()
    {
        var wires = new WireMutator(_wires.Select(SignatureIn));
        await new FuzzRun("signatures, wire").RunAsync(wires.Make, input =>
        {
            if (!SshSignature.TryFromWire(input.ToArray(), out SshSignature? signature, out string? reason))
                return string.IsNullOrEmpty(reason) ? "refused without a reason" : null;
            return signature.ToWire().AsSpan().SequenceEqual(input) ? null : "is written in other bytes";
        });
    }

    private static byte[] SignatureIn(byte[] wire)
    {
        var reader = new SshReader(wire);
        reader.ReadBytes("SSHSIG".Length, "magic");
        reader.ReadUInt32("version");
        foreach (string field in new[] { "public key", "namespace", "reserved", "hash" }) reader.ReadString(field);
        return reader.ReadString("signature").ToArray();
    }
}
