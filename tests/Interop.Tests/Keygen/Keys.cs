using System.Globalization;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Interop.Tests.Keygen;

/// <summary>Keys of every type, made once: an RSA key takes its time.</summary>
internal static class Keys
{
    public static readonly string[] CaTypes = ["ecdsa256", "ecdsa384", "ecdsa521", "rsa3072", "ed25519"];

    public static readonly string[] SubjectTypes = [.. CaTypes, "sk-ed25519", "sk-ecdsa"];

    private static readonly Lazy<Dictionary<string, SshPrivateKey>> Cas = new(() => CaTypes.ToDictionary(type => type, Generate));

    public static SshPrivateKey Ca(string type) => Cas.Value[type];

    /// <summary>ssh-keygen can't make a security key without its device, so its wire form is put together here.</summary>
    public static SshPublicKey Subject(string type)
    {
        if (type is not ("sk-ed25519" or "sk-ecdsa"))
            return Generate(type).PublicKey;

        bool isEd25519 = type == "sk-ed25519";
        SshPublicKey inner = Generate(isEd25519 ? "ed25519" : "ecdsa256").PublicKey;
        using var writer = new SshWriter();
        writer.WriteString(isEd25519 ? "sk-ssh-ed25519@openssh.com" : "sk-ecdsa-sha2-nistp256@openssh.com");
        writer.WriteBytes(inner.Wire.Span[(sizeof(uint) + inner.KeyType.Length)..]);
        writer.WriteString("ssh:");
        return SshPublicKey.FromWire(writer.ToArray());
    }

    private static SshPrivateKey Generate(string type) => type switch
    {
        "ed25519" => SshPrivateKey.GenerateEd25519(),
        "rsa3072" => SshPrivateKey.GenerateRsa(3072),
        _ => SshPrivateKey.GenerateEcdsa(int.Parse(type.AsSpan("ecdsa".Length), CultureInfo.InvariantCulture)),
    };
}
