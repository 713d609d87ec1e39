using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Ssh.Tests.Fuzzing;

/// <summary>Of a class of its own, so that it runs beside that of whole files: the two are the longest.</summary>
[Trait("Proof", "fuzzing")]
public sealed class PrivateKeyTextFuzzTests
{
    // The platform computes a public half from what it finds.
    private const int UsualCount = 2_000;

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
