using System.Buffers.Binary;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Tests.Hosts;

/// <summary>Public keys that nobody holds, and revocations of hosts that had them.</summary>
internal static class RevokedKeys
{
    /// <summary>One of a few bytes, by a number.</summary>
    public static SshPublicKey Small(int number)
    {
        byte[] point = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(point, number + 1);
        return SshPublicKey.FromEd25519(point);
    }

    /// <summary>An RSA key of some bits, by a number.</summary>
    public static SshPublicKey Rsa(int bits, int number)
    {
        // Positive, of just so many bits, and odd.
        byte[] modulus = new byte[(bits / 8) + 1];
        modulus[bits % 8 == 0 ? 1 : 0] = (byte)(1 << ((bits - 1) % 8));
        BinaryPrimitives.WriteInt32BigEndian(modulus.AsSpan(8), number);
        modulus[^1] = 1;
        byte[] wire = [.. Field("ssh-rsa"u8), .. Field([1, 0, 1]), .. Field(modulus)];
        return SshPublicKey.FromWire(wire);
    }

    /// <summary>Puts the revocation of a host in force; a resource of null is one of a broker that noted none.</summary>
    public static async Task PutAsync(Broker broker, string? resource, DateTimeOffset created, params SshPublicKey[] keys)
    {
        var revocation = new Revocation(RevocationKind.Host, HostId.Generate().Text, "stolen", Broker.Admin.Subject, created, null)
        {
            Host = new RevokedHost([.. keys.Select(key => key.ToText())], []) { Resource = resource is null ? null : ResourcePath.Parse(resource) },
        };
        Broker.Must(await broker.Revocations.RevokeAsync(Broker.Admin, [revocation], "stolen", default));
    }

    /// <summary>The keys that a text of known_hosts revokes.</summary>
    public static IEnumerable<string> ToldIn(string text) => text.Split('\n')
        .Where(line => line.StartsWith("@revoked * ", StringComparison.Ordinal))
        .Select(line => string.Join(' ', line.Split(' ')[2..4]));

    private static byte[] Field(ReadOnlySpan<byte> content)
    {
        byte[] length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. content];
    }
}
