using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Tests;

/// <summary>Values that many tests start from.</summary>
internal static class Samples
{
    public static readonly string[] SubjectKeyTypes =
    [
        "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-ed25519",
        "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
    ];

    public static SshPublicKey PublicKey(string type) => type switch
    {
        "ssh-rsa" => SshPublicKey.Parse(Vector.Line("rsa3072.pub")),
        "ecdsa-sha2-nistp256" => SshPublicKey.Parse(Vector.Line("ecdsa256.pub")),
        "ecdsa-sha2-nistp384" => SshPublicKey.Parse(Vector.Line("ecdsa384.pub")),
        "ecdsa-sha2-nistp521" => SshPublicKey.Parse(Vector.Line("ecdsa521.pub")),
        "ssh-ed25519" => SshPublicKey.Parse(Vector.Line("ed25519.pub")),
        "sk-ssh-ed25519@openssh.com" => SecurityKey(type, "ssh-ed25519"),
        "sk-ecdsa-sha2-nistp256@openssh.com" => SecurityKey(type, "ecdsa-sha2-nistp256"),
        _ => throw new ArgumentException(type),
    };

    /// <summary>The same key as if it were held by a device.</summary>
    public static SshPublicKey SecurityKey(string type, SshPublicKey inner)
    {
        using var writer = new SshWriter();
        writer.WriteString(type);
        writer.WriteBytes(inner.Wire.Span[(sizeof(uint) + inner.KeyType.Length)..]);
        writer.WriteString("ssh:");
        return SshPublicKey.FromWire(writer.ToArray());
    }

    public static CertificateContent Content(SshPublicKey? subject = null, ulong serial = 42) => new()
    {
        SubjectKey = subject ?? PublicKey("ssh-ed25519"),
        Serial = serial,
        Type = CertificateType.User,
        KeyId = "alice@example.com for web",
        ValidPrincipals = ["alice", "deploy@acme/production/web"],
        ValidAfter = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600),
        ValidBefore = DateTimeOffset.FromUnixTimeSeconds(1_767_225_900),
        CriticalOptions = CertificateOption.Sorted(CertificateOption.ForceCommand("echo hi")),
        Extensions = CertificateOption.Sorted(CertificateOption.PermitPty, CertificateOption.PermitPortForwarding),
    };

    public static SshCertificate Certificate(SshPrivateKey ca, CertificateContent? content = null)
    {
        byte[] toBeSigned = (content ?? Content()).ToBeSigned(ca.PublicKey);
        return SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
    }

    private static SshPublicKey SecurityKey(string type, string inner) => SecurityKey(type, PublicKey(inner));
}
