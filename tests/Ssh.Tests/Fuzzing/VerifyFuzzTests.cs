using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class VerifyFuzzTests
{
    // A check costs what the mathematics costs, up to a millisecond for P-521: ten million would take hours.
    private const int UsualCount = 2_000;
    private const int WholeCount = 400_000;

    private static readonly byte[] Data = [1, 2, 3];

    [Theory(Timeout = 1_800_000)]
    [InlineData("ed25519")]
    [InlineData("ecdsa256")]
    [InlineData("rsa2048")]
    public async Task No_other_signature_than_the_right_one_is_verified_and_none_breaks_the_platform(string name)
    {
        using SshPrivateKey key = OpenSshPrivateKey.Parse(Vector.Bytes(name));
        SshPublicKey other = Samples.PublicKey("ssh-ed25519");
        byte[] right = key.Sign(Data).ToWire();
        var wires = new WireMutator([right]);
        await new FuzzRun($"signature checks, {name}") { Usual = UsualCount, Whole = WholeCount }.RunAsync(wires.Make, input =>
        {
            if (!SshSignature.TryFromWire(input.ToArray(), out SshSignature? signature, out _)) return null;
            if (other.Equals(key.PublicKey) ? false : other.Verify(Data, signature)) return "was taken for another key's";
            return key.PublicKey.Verify(Data, signature) == input.SequenceEqual(right) ? null : "a changed one was taken, or the right one was not";
        });
    }

    // The mutated part is the key: numbers that no key has reach the platform's mathematics.
    [Fact(Timeout = 1_800_000)]
    public async Task A_key_that_is_read_can_be_asked_to_verify_and_says_no()
    {
        var keys = new WireMutator(Corpus.KeyWires);
        SshSignature[] signatures = [.. Corpus.Keys.Select(key => SignatureFor(key.KeyType))];
        await new FuzzRun("signature checks, any key that is read") { Usual = UsualCount, Whole = WholeCount }.RunAsync(keys.Make, input =>
        {
            if (!SshPublicKey.TryFromWire(input.ToArray(), out SshPublicKey? key, out _)) return null;
            foreach (SshSignature signature in signatures)
                if (key.Verify(Data, signature)) return "nobody signed that";
            return null;
        });
    }

    private static SshSignature SignatureFor(string keyType)
    {
        byte[] blob = keyType.Contains("ecdsa", StringComparison.Ordinal) ? [0, 0, 0, 1, 5, 0, 0, 0, 1, 7]
            : keyType == "ssh-rsa" ? [.. Enumerable.Repeat((byte)1, 256)] : new byte[64];
        using var writer = new SshWriter();
        writer.WriteString(keyType == "ssh-rsa" ? "rsa-sha2-512" : keyType);
        writer.WriteString(blob);
        if (keyType.StartsWith("sk-", StringComparison.Ordinal)) writer.WriteBytes([1, 0, 0, 0, 9]);
        return SshSignature.FromWire(writer.ToArray());
    }
}
