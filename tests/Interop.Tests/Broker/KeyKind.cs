using SshFunctions.Support.Sshd;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>A kind of key as ssh-keygen makes it.</summary>
internal sealed record KeyKind(string Type, int Bits)
{
    public static readonly IReadOnlyDictionary<string, KeyKind> All = new Dictionary<string, KeyKind>
    {
        ["ecdsa256"] = new("ecdsa", 256),
        ["ecdsa384"] = new("ecdsa", 384),
        ["ecdsa521"] = new("ecdsa", 521),
        ["rsa3072"] = new("rsa", 3072),
        ["ed25519"] = new("ed25519", 256),
    };

    /// <summary>Makes one, with <c>.pub</c> beside it.</summary>
    /// <returns>The public key's line without its end.</returns>
    public async Task<string> MakeAsync(string path) => (await SshKeygen.GenerateAsync(path, Type, Bits)).TrimEnd();
}
