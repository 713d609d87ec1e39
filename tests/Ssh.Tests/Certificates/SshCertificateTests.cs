using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Certificates;

public sealed class SshCertificateTests
{
    public static TheoryData<string> SubjectKeyTypes => [.. Samples.SubjectKeyTypes];

    [Theory]
    [InlineData("rsa3072", "rsa-sha2-512")]
    [InlineData("ecdsa256", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa384", "ecdsa-sha2-nistp384")]
    [InlineData("ecdsa521", "ecdsa-sha2-nistp521")]
    [InlineData("ed25519", "ssh-ed25519")]
    public void Reads_what_ssh_keygen_signed(string ca, string signatureAlgorithm)
    {
        SshCertificate certificate = SshCertificate.Parse(Vector.Line($"by-{ca}-cert.pub"));
        CertificateContent content = certificate.Content;
        Assert.True(certificate.VerifySignature());
        Assert.Equal(signatureAlgorithm, certificate.Signature.Algorithm);
        Assert.Equal(SshPublicKey.Parse(Vector.Line(ca + ".pub")), certificate.CaKey);
        Assert.Equal(Samples.PublicKey("ssh-ed25519"), content.SubjectKey);
        Assert.Equal(4242u, content.Serial);
        Assert.Equal(CertificateType.User, content.Type);
        Assert.Equal($"alice from {ca}", content.KeyId);
        Assert.Equal(["alice", "deploy"], content.ValidPrincipals.ToArray());
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), content.ValidAfter);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 5, 0, TimeSpan.Zero), content.ValidBefore);
        Assert.Equal(["force-command echo hi", "source-address 10.0.0.0/8,127.0.0.1/32"], content.CriticalOptions.Select(o => o.ToString()));
        Assert.Equal([CertificateOption.PermitPty], content.Extensions.ToArray());
        Assert.Equal(Vector.Line($"by-{ca}-cert.pub"), certificate.ToText("ed25519"));
    }

    [Theory]
    [InlineData("rsa3072", "ssh-rsa")]
    [InlineData("ecdsa256", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa384", "ecdsa-sha2-nistp384")]
    [InlineData("ecdsa521", "ecdsa-sha2-nistp521")]
    public void Reads_host_certificates_that_never_end(string subject, string type)
    {
        SshCertificate certificate = SshCertificate.Parse(Vector.Line($"host-{subject}-cert.pub"));
        Assert.True(certificate.VerifySignature());
        Assert.Equal(type, certificate.Content.SubjectKey.KeyType);
        Assert.Equal(CertificateType.Host, certificate.Content.Type);
        Assert.Equal(ulong.MaxValue, certificate.Content.Serial);
        Assert.Equal(DateTimeOffset.UnixEpoch, certificate.Content.ValidAfter);
        Assert.Equal(CertificateContent.Forever, certificate.Content.ValidBefore);
    }

    [Theory]
    [MemberData(nameof(SubjectKeyTypes))]
    public void Reads_back_what_it_wrote(string type)
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEcdsa(256);
        CertificateContent content = Samples.Content(Samples.PublicKey(type), ulong.MaxValue);
        SshCertificate certificate = Samples.Certificate(ca, content);
        SshCertificate read = SshCertificate.Parse(certificate.ToText("comment"));
        Assert.Equal(content, read.Content);
        Assert.Equal(ca.PublicKey, read.CaKey);
        Assert.Equal(content.ToBeSigned(ca.PublicKey), read.Wire[..content.ToBeSigned(ca.PublicKey).Length].ToArray());
        Assert.True(read.VerifySignature());
    }

    [Fact]
    public void Is_refused_cut_off_at_any_byte()
    {
        ReadOnlyMemory<byte> wire = SshCertificate.Parse(Vector.Line("by-ecdsa256-cert.pub")).Wire;
        for (int length = 0; length < wire.Length; length++)
        {
            int end = length;
            Assert.Throws<SshFormatException>(() => SshCertificate.FromWire(wire[..end]));
            Assert.False(SshCertificate.TryFromWire(wire[..end], out _, out string? reason));
            Assert.NotEmpty(reason!);
        }
    }

    [Fact]
    public void Is_refused_or_not_verified_with_any_byte_changed()
    {
        byte[] wire = SshCertificate.Parse(Vector.Line("by-ed25519-cert.pub")).Wire.ToArray();
        for (int index = 0; index < wire.Length; index++)
        {
            byte before = wire[index];
            wire[index] ^= 0x01;
            Assert.False(SshCertificate.TryFromWire(wire, out SshCertificate? certificate, out _) && certificate.VerifySignature());
            wire[index] = before;
        }
    }

    [Fact]
    public void Is_not_verified_under_another_CA()
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        byte[] toBeSigned = Samples.Content().ToBeSigned(ca.PublicKey);
        Assert.False(SshCertificate.Assemble(toBeSigned, other.Sign(toBeSigned)).VerifySignature());
    }

    [Fact]
    public void Is_refused_with_the_same_option_twice()
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEcdsa(256);
        Assert.Contains("same name twice", RefusalOf(ca, "permit-pty", "permit-pty"), StringComparison.Ordinal);
        Assert.Contains("same name twice", RefusalOf(ca, "b", "a", "b"), StringComparison.Ordinal);
        Assert.Null(RefusalOf(ca, "permit-pty", "permit-X11-forwarding"));
    }

    [Theory]
    [InlineData(0x80000000)]
    [InlineData(uint.MaxValue)]
    [InlineData(0u)]
    [InlineData(3u)]
    public void Is_refused_and_breaks_nothing_with_a_type_that_is_neither_user_nor_host(uint type)
    {
        using SshPrivateKey ca = SshPrivateKey.GenerateEd25519();
        CertificateContent content = Samples.Content(serial: 0x1122334455667788);
        byte[] wire = Samples.Certificate(ca, content).Wire.ToArray();
        int after = wire.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88]) + sizeof(ulong);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(wire.AsSpan(after), type);

        Assert.False(SshCertificate.TryFromWire(wire, out _, out string? reason));
        Assert.Contains("neither 1 (user) nor 2 (host)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_a_plain_key_is_not_a_certificate()
    {
        Assert.False(SshCertificate.TryParse(Vector.Line("ed25519.pub"), out _, out string? reason));
        Assert.Equal("This is a plain public key, not a certificate.", reason);
    }

    [Fact]
    public void Refuses_a_comment_with_a_line_break()
    {
        SshCertificate certificate = SshCertificate.Parse(Vector.Line("by-ed25519-cert.pub"));
        Assert.Throws<ArgumentException>(() => certificate.ToText("a\nb"));
    }

    // The writer sorts and refuses duplicates, so extensions out of order are spliced into a certificate without any.
    private static string? RefusalOf(SshPrivateKey ca, params string[] extensions)
    {
        CertificateContent content = Samples.Content() with { Extensions = [] };
        byte[] toBeSigned = content.ToBeSigned(ca.PublicKey);
        int extensionsAt = toBeSigned.Length - ca.PublicKey.Wire.Length - (3 * sizeof(uint));
        using var writer = new SshWriter();
        writer.WriteBytes(toBeSigned.AsSpan(0, extensionsAt));
        int mark = writer.BeginString();
        foreach (string extension in extensions)
        {
            writer.WriteString(extension);
            writer.WriteString([]);
        }

        writer.EndString(mark);
        writer.WriteBytes(toBeSigned.AsSpan(extensionsAt + sizeof(uint)));
        writer.WriteString(ca.Sign(writer.Written).ToWire());
        SshCertificate.TryFromWire(writer.ToArray(), out _, out string? reason);
        return reason;
    }
}
