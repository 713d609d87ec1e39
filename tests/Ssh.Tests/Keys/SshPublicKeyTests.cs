using System.Security.Cryptography;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Keys;

public sealed class SshPublicKeyTests
{
    public static TheoryData<string> SubjectKeyTypes => [.. Samples.SubjectKeyTypes];

    [Theory]
    [InlineData("rsa2048.pub", "ssh-rsa")]
    [InlineData("rsa3072.pub", "ssh-rsa")]
    [InlineData("ecdsa256.pub", "ecdsa-sha2-nistp256")]
    [InlineData("ecdsa384.pub", "ecdsa-sha2-nistp384")]
    [InlineData("ecdsa521.pub", "ecdsa-sha2-nistp521")]
    [InlineData("ed25519.pub", "ssh-ed25519")]
    public void Reads_what_ssh_keygen_wrote_and_writes_it_back(string name, string type)
    {
        string line = Vector.Line(name);
        SshPublicKey key = SshPublicKey.Parse(line);
        Assert.Equal(type, key.KeyType);
        Assert.Equal(line[..line.LastIndexOf(' ')], key.ToText());
        Assert.Equal(key, SshPublicKey.FromWire(key.Wire));
        Assert.Equal(key.GetHashCode(), SshPublicKey.FromWire(key.Wire).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(SubjectKeyTypes))]
    public void Refuses_a_wire_form_cut_off_at_any_byte(string type)
    {
        ReadOnlyMemory<byte> wire = Samples.PublicKey(type).Wire;
        for (int length = 0; length < wire.Length; length++)
        {
            int end = length;
            Assert.False(SshPublicKey.TryFromWire(wire[..end], out _, out string? reason));
            Assert.NotEmpty(reason!);
            SshFormatException fault = Assert.Throws<SshFormatException>(() => SshPublicKey.FromWire(wire[..end]));
            Assert.InRange(fault.Offset, 0, end);
        }
    }

    [Theory]
    [MemberData(nameof(SubjectKeyTypes))]
    public void Refuses_bytes_after_the_key(string type)
    {
        byte[] wire = [.. Samples.PublicKey(type).Wire.Span, 0];
        Assert.False(SshPublicKey.TryFromWire(wire, out _, out string? reason));
        Assert.Contains("followed by 1 bytes", reason, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SubjectKeyTypes))]
    public void Survives_every_single_byte_changed(string type)
    {
        byte[] wire = Samples.PublicKey(type).Wire.ToArray();
        for (int index = 0; index < wire.Length; index++)
        {
            byte before = wire[index];
            wire[index] ^= 0x81;
            if (SshPublicKey.TryFromWire(wire, out SshPublicKey? key, out _))
                Assert.Equal(wire, key.Wire.ToArray());
            wire[index] = before;
        }
    }

    [Theory]
    [InlineData("ecdsa-sha2-nistp256")]
    [InlineData("ecdsa-sha2-nistp384")]
    [InlineData("ecdsa-sha2-nistp521")]
    [InlineData("sk-ecdsa-sha2-nistp256@openssh.com")]
    public void Refuses_a_point_that_is_not_on_the_curve(string type)
    {
        byte[] wire = Samples.PublicKey(type).Wire.ToArray();
        int lastOfY = type.StartsWith("sk-", StringComparison.Ordinal) ? wire.Length - 1 - "....ssh:".Length : wire.Length - 1;
        wire[lastOfY] ^= 1;
        Assert.False(SshPublicKey.TryFromWire(wire, out _, out string? reason));
        Assert.Contains("not on the curve", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_coordinate_beyond_the_prime_of_the_curve()
    {
        using var writer = new SshWriter();
        writer.WriteString("ecdsa-sha2-nistp256");
        writer.WriteString("nistp256");
        writer.WriteString([0x04, .. Enumerable.Repeat((byte)0xff, 64)]);
        Assert.False(SshPublicKey.TryFromWire(writer.ToArray(), out _, out string? reason));
        Assert.Contains("not on the curve", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_a_short_RSA_key_is_too_short()
    {
        Assert.False(SshPublicKey.TryParse(Vector.Line("rsa1024.pub"), out _, out string? reason));
        Assert.Contains("has 1024 bits; at least 2048", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh-dss AAAAB3NzaC1kc3M=", "DSA is limited to 1024 bits")]
    [InlineData("", "empty")]
    [InlineData("ssh-ed25519", "missing")]
    [InlineData("ssh-ed25519 AAAA*", "not base64")]
    [InlineData("ssh-unknown AAAA", "does not begin with a key type")]
    [InlineData("restrict,pty ssh-ed25519 AAAA", "before ssh-ed25519")]
    [InlineData("command=\"x y\" ssh-ed25519 AAAA", "before ssh-ed25519")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----", "private key")]
    public void Says_what_is_wrong_with_a_line(string line, string part)
    {
        Assert.False(SshPublicKey.TryParse(line, out _, out string? reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
        Assert.Contains(part, Assert.Throws<FormatException>(() => SshPublicKey.Parse(line)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", "line break")]
    [InlineData("\r", "line break")]
    [InlineData("\u2028", "line break")]
    [InlineData(" a\nssh-ed25519 b", "line break")]
    [InlineData(" a\tb", "control character")]
    [InlineData(" a\0b", "control character")]
    [InlineData(" a\u001b[2Jb", "control character")]
    [InlineData("=", "not base64")]
    [InlineData("AAAA", "followed by")]
    public void Refuses_what_follows_the_key(string suffix, string part)
    {
        string line = SshPublicKey.Parse(Vector.Line("ed25519.pub")).ToText() + suffix;
        Assert.False(SshPublicKey.TryParse(line, out _, out string? reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_base64_with_bits_left_over()
    {
        using var writer = new SshWriter();
        writer.WriteBytes(Samples.PublicKey("ecdsa-sha2-nistp256").Wire.Span);
        string text = "ecdsa-sha2-nistp256 " + Convert.ToBase64String(writer.Written);
        Assert.EndsWith("=", text, StringComparison.Ordinal);
        int last = text.TrimEnd('=').Length - 1;
        string other = string.Concat(text.AsSpan(0, last), ((char)(text[last] + 1)).ToString(), text.AsSpan(last + 1));
        Assert.True(SshPublicKey.TryParse(text, out _, out _));
        Assert.False(SshPublicKey.TryParse(other, out _, out _));
    }

    [Fact]
    public void Refuses_a_type_that_is_not_the_one_inside()
    {
        string base64 = Vector.Line("ed25519.pub").Split(' ')[1];
        Assert.False(SshPublicKey.TryParse("ssh-rsa " + base64, out _, out string? reason));
        Assert.Equal("The line says ssh-rsa, but the key in it is of type ssh-ed25519.", reason);
    }

    [Fact]
    public void Says_that_a_certificate_is_not_a_plain_key()
    {
        Assert.False(SshPublicKey.TryParse(Vector.Line("by-ed25519-cert.pub"), out _, out string? reason));
        Assert.StartsWith("This is a certificate", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_keys_of_the_platform()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Equal("ecdsa-sha2-nistp384", SshPublicKey.FromEcdsa(ecdsa).KeyType);
        Assert.Equal("ssh-rsa", SshPublicKey.FromRsa(rsa).KeyType);
        Assert.Throws<ArgumentException>(() => SshPublicKey.FromEcdsa(other));
        Assert.Throws<SshFormatException>(() => SshPublicKey.FromEd25519(new byte[31]));
    }

    [Fact]
    public void Fingerprints_are_read_back_and_only_in_their_canonical_form()
    {
        Fingerprint fingerprint = Samples.PublicKey("ssh-ed25519").Fingerprint;
        string text = fingerprint.ToString();
        Assert.Equal(50, text.Length);
        Assert.Equal(fingerprint, Fingerprint.Parse(text));
        Assert.Equal(fingerprint, Fingerprint.FromHash(fingerprint.ToHash()));
        Assert.False(Fingerprint.TryParse(text + "=", out _, out _));
        Assert.False(Fingerprint.TryParse(text[..^1], out _, out _));
        Assert.False(Fingerprint.TryParse("MD5:" + text[4..], out _, out _));
        Assert.False(Fingerprint.TryParse($"{text.AsSpan(0, 49)}{(char)(text[49] + 1)}", out _, out _));
        Assert.Throws<InvalidOperationException>(() => default(Fingerprint).ToString());
    }
}
