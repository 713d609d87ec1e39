using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

[Trait("Proof", "fuzzing")]
public sealed class PrivateKeyFuzzTests
{
    // The platform computes a key's public half, or checks it, and every refusal is an exception here: a file is read at start, not per request.
    private const int UsualCount = 2_000;

    [Fact(Timeout = 1_800_000)]
    public async Task A_file_gives_the_key_it_names_or_is_malformed()
    {
        var wires = new WireMutator(Corpus.PrivateKeyWires("ed25519", "ecdsa256", "ecdsa384", "ecdsa521", "rsa2048", "ed25519-encrypted"));
        var texts = new TextMutator(Corpus.PrivateKeyFiles.Select(Vector.Bytes));
        await new FuzzRun("private key files") { Usual = UsualCount }.RunAsync(
            chance => chance.OneIn(4) ? texts.Make(chance) : Corpus.ArmorOf("OPENSSH PRIVATE KEY", wires.Make(chance)),
            input =>
            {
                try
                {
                    using SshPrivateKey key = OpenSshPrivateKey.Parse(input);
                    using SshPrivateKey again = OpenSshPrivateKey.Parse(OpenSshPrivateKey.Write(key));
                    return again.PublicKey.Equals(key.PublicKey) ? null : "is another key when it was written";
                }
                catch (SshFormatException)
                {
                    return null;
                }
            });
    }
}
