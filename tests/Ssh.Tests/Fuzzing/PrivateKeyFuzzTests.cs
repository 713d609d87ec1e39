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

    [Fact(Timeout = 1_800_000)]
    public async Task Text_with_a_private_key_in_it_gives_a_public_half_or_none()
    {
        const string Putty = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: a\nPublic-Lines: 2\nAAAAC3NzaC1lZDI1NTE5AAAAIGrnvVZ7TJmU8\nPj0sYkmMkHJrb1kIqPjpYyWwzMiT6FG\nPrivate-Lines: 1\nAAAA\n";
        var texts = new TextMutator([.. Corpus.PrivateKeyFiles.Select(Vector.Text), Putty, Vector.Text("ed25519").Replace("\n", "\\n", StringComparison.Ordinal)]);
        await new FuzzRun("private keys in text") { Usual = UsualCount, BytesPerByte = 128 }.RunAsync(texts.Make, input =>
        {
            string text = TextMutator.ToText(input);
            bool looks = PrivateKeyText.LooksPrivate(text);
            if (!PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? key)) return null;
            PrivateKeyText.Proves(text, key);
            // What PuTTY writes of a public half alone is no private key.
            return looks || !text.Contains("Private-Lines:", StringComparison.OrdinalIgnoreCase) ? null : "has the public half of a private key, and does not look like one";
        });
    }
}
