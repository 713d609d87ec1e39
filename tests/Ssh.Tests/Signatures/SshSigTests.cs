using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Ssh.Tests.Signatures;

public sealed class SshSigTests
{
    [Theory]
    [InlineData("message-rsa3072.sig", "rsa3072.pub")]
    [InlineData("message-ecdsa256.sig", "ecdsa256.pub")]
    [InlineData("message-ecdsa384.sig", "ecdsa384.pub")]
    [InlineData("message-ecdsa521.sig", "ecdsa521.pub")]
    [InlineData("message-ed25519.sig", "ed25519.pub")]
    [InlineData("message-sha256.sig", "ed25519.pub")]
    public void Verifies_what_ssh_keygen_signed(string signature, string publicKey)
    {
        string armored = Vector.Text(signature);
        Assert.True(SshSig.Verify(armored, "file", Vector.Bytes("message"), out SshPublicKey? signer, out _));
        Assert.Equal(SshPublicKey.Parse(Vector.Line(publicKey)), signer);
        Assert.False(SshSig.Verify(armored, "git", Vector.Bytes("message"), out signer, out string? reason));
        Assert.Equal("The signature is not for the namespace git.", reason);
        Assert.Null(signer);
        Assert.False(SshSig.Verify(armored, "file", "other"u8, out _, out reason));
        Assert.Equal("The signature is not that of its key over this message.", reason);
    }

    [Fact]
    public void Verifies_its_own_and_writes_Ed25519_as_ssh_keygen_does()
    {
        using SshPrivateKey key = OpenSshPrivateKey.Parse(Vector.Bytes("ed25519"));
        string armored = SshSig.Sign(key, "file", Vector.Bytes("message"));
        Assert.Equal(Vector.Text("message-ed25519.sig"), armored);
        Assert.True(SshSig.Verify(armored, "file", Vector.Bytes("message"), out _, out _));
    }

    [Fact]
    public void Refuses_a_signature_cut_off_anywhere()
    {
        string armored = Vector.Text("message-ecdsa256.sig").TrimEnd();
        for (int length = 0; length < armored.Length; length++)
        {
            Assert.False(SshSig.Verify(armored[..length], "file", Vector.Bytes("message"), out _, out string? reason));
            Assert.NotEmpty(reason!);
        }

        byte[] content = Convert.FromBase64String(string.Concat(armored.Split('\n')[1..^1]));
        for (int length = 0; length < content.Length; length++)
        {
            string cut = $"-----BEGIN SSH SIGNATURE-----\n{Convert.ToBase64String(content, 0, length)}\n-----END SSH SIGNATURE-----";
            Assert.False(SshSig.Verify(cut, "file", Vector.Bytes("message"), out _, out _));
        }
    }

    [Fact]
    public void Refuses_any_byte_changed()
    {
        byte[] content = Convert.FromBase64String(string.Concat(Vector.Text("message-ed25519.sig").TrimEnd().Split('\n')[1..^1]));
        for (int index = 0; index < content.Length; index++)
        {
            content[index] ^= 0x01;
            string changed = $"-----BEGIN SSH SIGNATURE-----\n{Convert.ToBase64String(content)}\n-----END SSH SIGNATURE-----";
            Assert.False(SshSig.Verify(changed, "file", Vector.Bytes("message"), out _, out _));
            content[index] ^= 0x01;
        }
    }

    [Fact]
    public void Refuses_a_malformed_namespace()
    {
        Assert.Throws<ArgumentException>(() => SshSig.ToBeSigned("", "x"u8));
        Assert.Throws<ArgumentException>(() => SshSig.ToBeSigned("a\nb", "x"u8));
    }
}
