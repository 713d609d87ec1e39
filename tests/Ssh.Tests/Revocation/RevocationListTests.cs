using System.Buffers.Binary;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests.Revocation;

public sealed class RevocationListTests
{
    [Theory]
    [InlineData("krl-list", 2, "1-1 5-5 1000-1000 9000000000-9000000000")]
    [InlineData("krl-range", 3, "2000-2999 18446744073709551000-18446744073709551615")]
    [InlineData("krl-any-ca", 9, "4242-4242")]
    public void Reads_serials_that_ssh_keygen_wrote(string name, ulong version, string serials)
    {
        RevocationList list = RevocationList.Parse(Vector.Bytes(name));
        Assert.Equal(version, list.Version);
        RevokedCertificates revoked = Assert.Single(list.Certificates);
        Assert.Equal(serials, string.Join(' ', revoked.Serials.Select(range => $"{range.First}-{range.Last}")));
        Assert.Equal(name == "krl-any-ca", revoked.CaWire.IsEmpty);
    }

    [Fact]
    public void Reads_a_bitmap_that_ssh_keygen_wrote()
    {
        RevokedCertificates revoked = Assert.Single(RevocationList.Parse(Vector.Bytes("krl-bitmap")).Certificates);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => new SerialRange((ulong)(2 * n) + 1, (ulong)(2 * n) + 1)), revoked.Serials);
        Assert.Equal(SshPublicKey.Parse(Vector.Line("ecdsa256.pub")).Wire.ToArray(), revoked.CaWire.ToArray());
    }

    [Theory]
    [InlineData("krl-any-ca", "by-ecdsa256-cert.pub", true)]
    [InlineData("krl-any-ca", "by-rsa3072-cert.pub", true)]
    [InlineData("krl-any-ca", "host-ecdsa256-cert.pub", false)]
    [InlineData("krl-key-ids", "by-ecdsa256-cert.pub", true)]
    [InlineData("krl-key-ids", "by-ecdsa384-cert.pub", false)]
    [InlineData("krl-keys", "by-ecdsa256-cert.pub", true)]
    [InlineData("krl-keys", "host-ecdsa384-cert.pub", true)]
    [InlineData("krl-sha1", "by-ecdsa256-cert.pub", true)]
    [InlineData("krl-sha1", "by-ecdsa384-cert.pub", false)]
    [InlineData("krl-sha256", "host-ecdsa384-cert.pub", true)]
    [InlineData("krl-sha256", "by-ecdsa384-cert.pub", true)]
    [InlineData("krl-sha256", "by-ecdsa256-cert.pub", false)]
    [InlineData("krl-empty", "by-ecdsa256-cert.pub", false)]
    public void Revokes_by_serial_key_id_key_and_fingerprint(string name, string certificate, bool revoked) =>
        Assert.Equal(revoked, RevocationList.Parse(Vector.Bytes(name)).IsRevoked(SshCertificate.Parse(Vector.Line(certificate))));

    [Theory]
    [InlineData(7, "bob", true)]
    [InlineData(8, "alice", true)]
    [InlineData(8, "bob", false)]
    [InlineData(0, "bob", false)]
    public void Revokes_what_is_no_certificate_by_serial_or_key_id_under_its_CA_only(ulong serial, string keyId, bool revoked)
    {
        SshPublicKey ca = SshPublicKey.Parse(Vector.Line("ecdsa256.pub"));
        var builder = new RevocationListBuilder();
        builder.AddSerial(ca, 7);
        builder.AddKeyId(ca, "alice");
        RevocationList list = RevocationList.Parse(builder.Build(1, DateTimeOffset.UnixEpoch));

        Assert.Equal(revoked, list.IsRevoked(ca, serial, keyId));
        Assert.False(list.IsRevoked(SshPublicKey.Parse(Vector.Line("ecdsa384.pub")), serial, keyId));
    }

    [Theory]
    [InlineData("krl-empty")]
    [InlineData("krl-list")]
    [InlineData("krl-bitmap")]
    [InlineData("krl-range")]
    [InlineData("krl-key-ids")]
    [InlineData("krl-keys")]
    [InlineData("krl-sha1")]
    [InlineData("krl-sha256")]
    public void Refuses_a_list_cut_off_in_a_section(string name)
    {
        byte[] bytes = Vector.Bytes(name);
        for (int length = 0; length < bytes.Length; length++)
        {
            // A cut between the header and the first section leaves a shorter list that is whole.
            bool whole = length == 44;
            Assert.Equal(whole, RevocationList.TryParse(bytes.AsSpan(0, length), out _, out string? reason));
            Assert.Equal(whole, reason is null);
            byte[] cut = bytes[..length];
            if (!whole)
                Assert.Throws<SshFormatException>(() => RevocationList.Parse(cut));
        }
    }

    [Theory]
    [InlineData(4, "00", "refuses since 9.4")]
    [InlineData(9, "00", "is 9, which is unknown")]
    [InlineData(5, "000000020102", "wrong length")]
    [InlineData(2, "00000000", "wrong length")]
    [InlineData(255, "0000000161" + "01" + "00000000", "critical and unknown")]
    [InlineData(255, "0000000161" + "00" + "00000000" + "00", "followed by")]
    [InlineData(1, "00000000" + "00000000" + "20" + "00000008" + "0000000000000000", "is 0")]
    [InlineData(1, "00000000" + "00000000" + "21" + "00000010" + "00000000000000020000000000000001", "ends before it begins")]
    [InlineData(1, "00000000" + "00000000" + "21" + "00000010" + "00000000000000050000000000000000", "ends before it begins")]
    [InlineData(1, "00000000" + "00000000" + "22" + "0000000d" + "ffffffffffffffff" + "0000000102", "beyond the greatest serial")]
    [InlineData(1, "00000000" + "00000000" + "22" + "0000000d" + "0000000000000000" + "0000000101", "is 0")]
    [InlineData(1, "00000000" + "00000000" + "24" + "00000000", "is 36, which is unknown")]
    [InlineData(1, "00000000" + "00000000" + "39" + "0000000a" + "0000000161" + "01" + "00000000", "critical and unknown")]
    public void Refuses_what_must_not_be_ignored(byte type, string body, string part)
    {
        Assert.False(RevocationList.TryParse(WithSection(type, body), out _, out string? reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, "0000000161" + "00" + "00000000")]
    [InlineData(1, "00000000" + "00000000" + "39" + "0000000a" + "0000000161" + "00" + "00000000")]
    [InlineData(1, "00000000" + "00000000" + "22" + "0000000d" + "fffffffffffffffe" + "0000000103")]
    public void Takes_what_may_be_ignored_and_the_greatest_serials(byte type, string body) =>
        Assert.True(RevocationList.TryParse(WithSection(type, body), out _, out _));

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void Takes_no_bitmap_that_sshd_could_not_read_because_it_would_refuse_every_login(int bytes, bool isRead)
    {
        // A leading zero keeps the number positive.
        string bitmap = "00" + "80" + new string('0', 2 * (bytes - 1));
        string section = $"0000000000000000{bytes + 1:x8}{bitmap}";

        Assert.Equal(isRead, RevocationList.TryParse(WithSection(1, $"000000000000000022{section.Length / 2:x8}{section}"), out _, out string? reason));

        if (!isRead) Assert.Contains("more than 16384 bits", reason, StringComparison.Ordinal);
    }

    // ssh-keygen says "Invalid KRL file: invalid format", and sshd refuses every login over such a list.
    [Theory]
    [InlineData("0000000161")]
    [InlineData("00000007" + "67617262616765")]
    public void Takes_no_list_that_names_a_CA_by_what_is_no_key_because_sshd_would_refuse_every_login(string ca)
    {
        Assert.False(RevocationList.TryParse(WithSection(1, ca + "00000000"), out _, out string? reason));
        Assert.Contains("CA key is malformed", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_empty_file_which_sshd_would_take_for_nothing_revoked() =>
        Assert.False(RevocationList.TryParse([], out _, out _));

    private static byte[] WithSection(byte type, string body)
    {
        byte[] content = Convert.FromHexString(body);
        byte[] section = [type, 0, 0, 0, 0, .. content];
        BinaryPrimitives.WriteInt32BigEndian(section.AsSpan(1), content.Length);
        return [.. Vector.Bytes("krl-empty"), .. section];
    }
}
