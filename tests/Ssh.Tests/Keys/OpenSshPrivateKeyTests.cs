using System.Text;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Keys;

public sealed class OpenSshPrivateKeyTests
{
    [Theory]
    [InlineData("rsa2048")]
    [InlineData("rsa3072")]
    [InlineData("ecdsa256")]
    [InlineData("ecdsa384")]
    [InlineData("ecdsa521")]
    [InlineData("ed25519")]
    public void Reads_what_ssh_keygen_wrote_and_its_own_writing(string name)
    {
        using SshPrivateKey key = OpenSshPrivateKey.Parse(Vector.Bytes(name));
        using SshPrivateKey again = OpenSshPrivateKey.Parse(OpenSshPrivateKey.Write(key, "comment"));
        Assert.Equal(SshPublicKey.Parse(Vector.Line(name + ".pub")), key.PublicKey);
        Assert.True(key.PublicKey.Verify("data"u8, again.Sign("data"u8)));
        Assert.Equal($"private key of {key.PublicKey.KeyType}", key.ToString());
    }

    [Theory]
    [InlineData("ecdsa256")]
    [InlineData("ed25519")]
    [InlineData("rsa2048")]
    public void Refuses_a_file_cut_off_or_changed_anywhere(string name)
    {
        byte[] content = Armor(Vector.Text(name));
        for (int length = 0; length < content.Length; length++)
        {
            byte[] cut = Armored(content[..length]);
            Assert.Throws<SshFormatException>(() => OpenSshPrivateKey.Parse(cut));
        }

        for (int index = 0; index < content.Length; index += 7)
        {
            content[index] ^= 0x55;
            byte[] changed = Armored(content);
            content[index] ^= 0x55;
            try
            {
                using SshPrivateKey key = OpenSshPrivateKey.Parse(changed);
                Assert.Equal(SshPublicKey.Parse(Vector.Line(name + ".pub")), key.PublicKey);
            }
            catch (SshFormatException fault)
            {
                Assert.NotEmpty(fault.Field);
            }
        }
    }

    [Fact]
    public void Says_that_a_key_has_a_passphrase() =>
        Assert.Contains(
            "passphrase",
            Assert.Throws<SshFormatException>(() => OpenSshPrivateKey.Parse(Vector.Bytes("ed25519-encrypted"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Refuses_another_format() =>
        Assert.Throws<SshFormatException>(() => OpenSshPrivateKey.Parse(Vector.Bytes("pem-sec1")));

    [Theory]
    [InlineData(0, 3)]
    [InlineData(256, 0)]
    [InlineData(4000, 3)]
    public void Refuses_an_RSA_key_whose_numbers_have_lengths_that_no_key_has(int modulusBytes, int exponentBytes)
    {
        using var writer = new SshWriter();
        SshPublicKey publicKey = SshPublicKey.Parse(Vector.Line("rsa2048.pub"));
        writer.WriteBytes("openssh-key-v1\0"u8);
        writer.WriteString("none");
        writer.WriteString("none");
        writer.WriteString([]);
        writer.WriteUInt32(1);
        writer.WriteString(publicKey.Wire.Span);
        int mark = writer.BeginString();
        writer.WriteUInt64(0);
        writer.WriteString("ssh-rsa");
        foreach (int bytes in new[] { modulusBytes, exponentBytes, 256, 128, 128, 128 })
            writer.WriteMpint(Enumerable.Repeat((byte)0x55, bytes).ToArray());
        writer.WriteString("comment");
        writer.EndString(mark);
        byte[] file = Encoding.ASCII.GetBytes($"-----BEGIN OPENSSH PRIVATE KEY-----\n{Convert.ToBase64String(writer.Written)}\n-----END OPENSSH PRIVATE KEY-----\n");

        Assert.Throws<SshFormatException>(() => OpenSshPrivateKey.Parse(file));
    }

    [Fact]
    public void Signs_no_more_once_disposed()
    {
        SshPrivateKey[] keys = [SshPrivateKey.GenerateEd25519(), SshPrivateKey.GenerateEcdsa(256), SshPrivateKey.GenerateRsa(2048)];
        foreach (SshPrivateKey key in keys)
        {
            key.Dispose();
            Assert.Throws<ObjectDisposedException>(() => key.SignRaw([1]));
        }
    }

    [Fact]
    public void Refuses_sizes_that_do_not_exist()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SshPrivateKey.GenerateEcdsa(255));
        Assert.Throws<ArgumentOutOfRangeException>(() => SshPrivateKey.GenerateRsa(1024));
        Assert.Throws<ArgumentException>(() => SshPrivateKey.FromEd25519Seed(new byte[31]));
    }

    private static byte[] Armor(string text) =>
        Convert.FromBase64String(string.Concat(text.Split('\n').Where(line => !line.StartsWith('-'))));

    private static byte[] Armored(byte[] content) => Encoding.ASCII.GetBytes(
        $"-----BEGIN OPENSSH PRIVATE KEY-----\n{Convert.ToBase64String(content)}\n-----END OPENSSH PRIVATE KEY-----\n");
}
