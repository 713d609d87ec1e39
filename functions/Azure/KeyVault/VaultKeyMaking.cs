using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Makes a key in a vault, like another that is there. Source: Key Vault REST API 7.4, Create Key and Set Secret.</summary>
internal static class VaultKeyMaking
{
    /// <summary>Has the vault make a key that never leaves it, of the type of another.</summary>
    public static ValueTask<MadeSigningKey> MakeKeyAsync(
        VaultClient client, VaultKeyAddress before, VaultKeyAddress name, CancellationToken cancellationToken) => client.OpenAsync(
        async token =>
        {
            VaultKeyBundle like = await client.GetAsync($"keys/{before.Name}/{before.Version}", VaultJson.Default.VaultKeyBundle, token);
            byte[] order = JsonSerializer.SerializeToUtf8Bytes(OrderLike(like.Key), VaultJson.Default.VaultCreateOrder);
            VaultKeyBundle made = await client.PostAsync($"keys/{name.Name}/create", order, VaultJson.Default.VaultKeyBundle, token);
            if (VaultVersions.ReadId(made.Key?.Kid, name) is not { } address || !VaultPublicKey.TryRead(made.Key!, out VaultPublicKey? key, out _))
                throw new SignerUnavailableException($"the vault made another thing than {name}");
            return new MadeSigningKey(key.Key, address.ToString());
        },
        cancellationToken);

    /// <summary>Makes a key here and puts it into the vault as a secret, of the type of another.</summary>
    public static ValueTask<MadeSigningKey> MakeSecretAsync(
        VaultClient client, VaultKeyAddress before, VaultKeyAddress name, CancellationToken cancellationToken) => client.OpenAsync(
        async token =>
        {
            using SshPrivateKey key = await GenerateLikeAsync(client, before, token);
            byte[] order = OrderOf(key);
            try
            {
                using VaultSecretBundle made = await client.PutAsync($"secrets/{name.Name}", order, VaultJson.Default.VaultSecretBundle, token);
                return VaultVersions.ReadId(made.Id, name) is { } address
                    ? new MadeSigningKey(key.PublicKey, address.ToString())
                    : throw new SignerUnavailableException($"the vault made another thing than {name}");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(order);
            }
        },
        cancellationToken);

    private static VaultCreateOrder OrderLike(VaultKeyBundle.Jwk? like) => like switch
    {
        { Kty: "RSA" or "RSA-HSM", N: { } modulus } => new VaultCreateOrder(like.Kty, null, Base64Url.DecodeFromChars(modulus).Length * 8),
        { Kty: { } type, Crv: { } curve } => new VaultCreateOrder(type, curve, null),
        _ => throw new SignerUnavailableException("the vault did not say of what type the key is that is to be followed"),
    };

    private static async ValueTask<SshPrivateKey> GenerateLikeAsync(VaultClient client, VaultKeyAddress before, CancellationToken cancellationToken)
    {
        using VaultSecretBundle secret = await client.GetAsync($"secrets/{before.Name}/{before.Version}", VaultJson.Default.VaultSecretBundle, cancellationToken);
        try
        {
            using SshPrivateKey key = OpenSshPrivateKey.Parse(secret.Value);
            return SshPrivateKey.GenerateLike(key.PublicKey);
        }
        catch (SshFormatException error)
        {
            throw new SignerUnavailableException($"{before} is no usable OpenSSH private key: {error.Message}");
        }
    }

    /// <summary>The body with the key, in one buffer that can be wiped.</summary>
    private static byte[] OrderOf(SshPrivateKey key)
    {
        byte[] text = OpenSshPrivateKey.Write(key, "sshfn");
        var buffer = new ArrayBufferWriter<byte>(4 * text.Length + 256);
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartObject();
            writer.WriteString("value", text);
            writer.WriteString("contentType", "application/x-openssh-private-key");
            writer.WriteEndObject();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            buffer.Clear(); // Which wipes what was written.
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
