using System.Security.Cryptography;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Signatures;

public sealed class SshSignatureTests
{
    private static readonly byte[] Data = "signed data"u8.ToArray();

    [Theory]
    [InlineData("ecdsa256", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa384", "ecdsa-sha2-nistp384")]
    [InlineData("ecdsa521", "ecdsa-sha2-nistp521")]
    [InlineData("rsa", "rsa-sha2-512")]
    [InlineData("ed25519", "ssh-ed25519")]
    public void Are_verified_after_a_round_trip_and_not_when_anything_changed(string kind, string algorithm)
    {
        using SshPrivateKey key = Generate(kind);
        SshSignature signature = SshSignature.FromWire(key.Sign(Data).ToWire());
        Assert.Equal(algorithm, signature.Algorithm);
        Assert.True(key.PublicKey.Verify(Data, signature));
        Assert.False(key.PublicKey.Verify([.. Data, 0], signature));

        byte[] blob = signature.Blob.ToArray();
        for (int index = 0; index < blob.Length; index++)
        {
            byte before = blob[index];
            blob[index] ^= 1;
            Assert.False(key.PublicKey.Verify(Data, WithAlgorithm(signature.Algorithm, blob)));
            blob[index] = before;
        }
    }

    [Fact]
    public void Of_ECDSA_are_right_for_every_length_of_r_and_s()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        for (int round = 0; round < 600; round++)
        {
            byte[] data = BitConverter.GetBytes(round);
            Assert.True(key.PublicKey.Verify(data, SshSignature.FromWire(key.Sign(data).ToWire())));
        }
    }

    [Fact]
    public void Of_RSA_with_SHA1_are_refused_although_they_are_right()
    {
        using var rsa = RSA.Create(2048);
        SshPublicKey key = SshPublicKey.FromRsa(rsa);
        byte[] sha1 = rsa.SignData(Data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
        byte[] sha256 = rsa.SignData(Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.False(key.Verify(Data, WithAlgorithm("ssh-rsa", sha1)));
        Assert.False(key.Verify(Data, WithAlgorithm("rsa-sha2-256", sha1)));
        Assert.True(key.Verify(Data, WithAlgorithm("rsa-sha2-256", sha256)));
        Assert.False(key.Verify(Data, WithAlgorithm("rsa-sha2-512", sha256)));
        Assert.False(key.Verify(Data, WithAlgorithm("rsa-sha2-256", [0, .. sha256])));
    }

    [Theory]
    [InlineData("ecdsa256", 63)]
    [InlineData("ecdsa521", 131)]
    [InlineData("rsa", 255)]
    [InlineData("ed25519", 65)]
    public void Are_not_made_from_a_raw_signature_of_the_wrong_length(string kind, int length)
    {
        using SshPrivateKey key = Generate(kind);
        Assert.Throws<ArgumentException>(() => SshSignature.FromRaw(key.PublicKey, new byte[length]));
    }

    [Theory]
    [InlineData("sk-ssh-ed25519@openssh.com", 0x01, true)]
    [InlineData("sk-ssh-ed25519@openssh.com", 0x05, true)]
    [InlineData("sk-ssh-ed25519@openssh.com", 0x00, false)]
    [InlineData("sk-ecdsa-sha2-nistp256@openssh.com", 0x01, true)]
    [InlineData("sk-ecdsa-sha2-nistp256@openssh.com", 0x04, false)]
    public void Of_security_keys_are_verified_when_somebody_touched_them(string type, byte flags, bool valid)
    {
        using SshPrivateKey device = type.Contains("ed25519", StringComparison.Ordinal)
            ? SshPrivateKey.GenerateEd25519() : SshPrivateKey.GenerateEcdsa(256);
        SshPublicKey key = Samples.SecurityKey(type, device.PublicKey);
        byte[] signedByDevice = [.. SHA256.HashData("ssh:"u8), flags, 0, 0, 1, 7, .. SHA256.HashData(Data)];
        SshSignature inner = device.Sign(signedByDevice);
        SshSignature signature = WithAlgorithm(type, inner.Blob.ToArray(), [flags, 0, 0, 1, 7]);

        Assert.Equal(flags, signature.Flags);
        Assert.Equal(263u, signature.Counter);
        Assert.Equal(valid, key.Verify(Data, signature));
        Assert.False(key.Verify([.. Data, 1], signature));
        Assert.False(key.Verify(Data, WithAlgorithm(type, inner.Blob.ToArray(), [flags, 0, 0, 1, 8])));
        Assert.Throws<ArgumentException>(() => SshSignature.FromRaw(key, new byte[64]));
    }

    [Fact]
    public void Are_refused_cut_off_at_any_byte()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        byte[] wire = key.Sign(Data).ToWire();
        for (int length = 0; length < wire.Length; length++)
        {
            byte[] cut = wire[..length];
            Assert.Throws<SshFormatException>(() => SshSignature.FromWire(cut));
            Assert.False(SshSignature.TryFromWire(cut, out _, out string? reason));
            Assert.NotEmpty(reason!);
        }
    }

    private static SshSignature WithAlgorithm(string algorithm, byte[] blob, byte[]? trailer = null)
    {
        using var writer = new SshWriter();
        writer.WriteString(algorithm);
        writer.WriteString(blob);
        writer.WriteBytes(trailer);
        return SshSignature.FromWire(writer.ToArray());
    }

    private static SshPrivateKey Generate(string kind) => kind switch
    {
        "rsa" => SshPrivateKey.GenerateRsa(2048),
        "ed25519" => SshPrivateKey.GenerateEd25519(),
        _ => SshPrivateKey.GenerateEcdsa(int.Parse(kind.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture)),
    };
}
