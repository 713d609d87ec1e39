using SshFunctions.Ssh.Keys;

namespace SshFunctions.Ssh.Tests.Keys;

public sealed class PrivateKeyTextTests
{
    [Theory]
    [InlineData("rsa3072", "rsa3072.pub")]
    [InlineData("ecdsa521", "ecdsa521.pub")]
    [InlineData("ed25519", "ed25519.pub")]
    [InlineData("ed25519-encrypted", "ed25519-encrypted.pub")]
    [InlineData("rsa3072-encrypted", "rsa3072-encrypted.pub")]
    [InlineData("pem-pkcs1", "pem-pkcs1.pub")]
    [InlineData("pem-sec1", "pem-sec1.pub")]
    [InlineData("pem-pkcs8", "pem-pkcs8.pub")]
    [InlineData("pem-pkcs8-encrypted", null)]
    public void Sees_a_private_key_and_finds_its_public_half(string name, string? publicKey)
    {
        string text = "please help, here is my key:\r\n" + Vector.Text(name).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\nthanks";
        AssertFound(text, publicKey);
        AssertFound(text.Replace("\r\n", "\\n", StringComparison.Ordinal), publicKey);
    }

    [Fact]
    public void Finds_the_public_half_of_a_PuTTY_key()
    {
        string base64 = Vector.Line("ed25519.pub").Split(' ')[1];
        string text = "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: aes256-cbc\nComment: x\nPublic-Lines: 2\n"
            + $"{base64[..64]}\n{base64[64..]}\nKey-Derivation: Argon2id\nPrivate-Lines: 1\nAAAA\n";
        AssertFound(text, "ed25519.pub");
    }

    [Fact]
    public void Sees_a_PuTTY_key_also_when_its_first_line_was_cut_off()
    {
        string base64 = Vector.Line("ed25519.pub").Split(' ')[1];
        AssertFound($"Comment: x\nPublic-Lines: 2\n{base64[..64]}\n{base64[64..]}\nPrivate-Lines: 1\nAAAA\n", "ed25519.pub");
    }

    [Fact]
    public void Finds_the_public_half_of_a_PKCS8_Ed25519_key()
    {
        // RFC 8410 section 10.3.
        const string Text = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----";
        Assert.True(PrivateKeyText.LooksPrivate(Text));
        Assert.True(PrivateKeyText.TryGetPublicHalf(Text, out SshPublicKey? key));
        Assert.Equal(
            "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1", Convert.ToHexStringLower(key.Wire.Span[^32..]));
    }

    [Fact]
    public void Sees_half_a_private_key()
    {
        string text = Vector.Text("ecdsa256");
        Assert.True(PrivateKeyText.LooksPrivate(text[..60]));
        Assert.True(PrivateKeyText.LooksPrivate(text.Split('\n')[1]));
        Assert.True(PrivateKeyText.LooksPrivate("-----BEGIN DSA PRIVATE KEY-----"));
        Assert.True(PrivateKeyText.LooksPrivate("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"));
    }

    [Fact]
    public void Leaves_public_things_alone()
    {
        foreach (string name in new[] { "ed25519.pub", "rsa3072.pub", "by-rsa3072-cert.pub", "message-ed25519.sig" })
        {
            Assert.False(PrivateKeyText.LooksPrivate(Vector.Text(name)));
            Assert.False(PrivateKeyText.TryGetPublicHalf(Vector.Text(name), out _));
        }
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("pem-sec1")]
    [InlineData("pem-pkcs1")]
    public void Never_throws_whatever_is_missing(string name)
    {
        string text = Vector.Text(name);
        for (int length = 0; length < text.Length; length += 3)
        {
            if (PrivateKeyText.TryGetPublicHalf(text[..length], out SshPublicKey? key))
                Assert.Equal(SshPublicKey.Parse(Vector.Line(name + ".pub")), key);
        }

        foreach (string odd in new[] { "Public-Lines: 99999999999\n", "Public-Lines: 3\na", "b3BlbnNzaC1rZXktdjE=", "-----BEGIN RSA PRIVATE KEY-----\n\n-----END RSA PRIVATE KEY-----" })
            Assert.False(PrivateKeyText.TryGetPublicHalf(odd, out _));
    }

    private static void AssertFound(string text, string? publicKey)
    {
        Assert.True(PrivateKeyText.LooksPrivate(text));
        Assert.Equal(publicKey is not null, PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? key));
        Assert.Equal(publicKey is null ? null : SshPublicKey.Parse(Vector.Line(publicKey)), key);
    }
}
