using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Azure.KeyVault;

/// <summary>A key that never leaves its vault: digests go there, signatures come back and are verified before anybody sees them.</summary>
/// <remarks>Pinned to the version it was opened with. Source: Key Vault REST API 7.4, Get Key and Sign.</remarks>
internal sealed class VaultKey : ICertificateSigner, IStatementSigner
{
    private readonly VaultClient _client;
    private readonly VaultKeyAddress _address;
    private readonly VaultPublicKey _key;
    private readonly VaultLimiter _limiter;

    private VaultKey(VaultClient client, VaultKeyAddress address, VaultPublicKey key, VaultLimiter limiter) =>
        (_client, _address, _key, _limiter) = (client, address, key, limiter);

    public SshPublicKey PublicKey => _key.Key;

    /// <summary>Learns the public half.</summary>
    /// <exception cref="SignerUnavailableException">The vault is away, or the key may not be used or is of no type that signs here.</exception>
    public static ValueTask<VaultKey> OpenAsync(
        VaultClient client, VaultKeyAddress address, TimeProvider clock, VaultOptions options, CancellationToken cancellationToken) => client.OpenAsync(
        async token =>
        {
            DateTimeOffset now = clock.GetUtcNow();
            VaultKeyAddress pinned = await VaultVersions.PinAsync(client, address, now, token);
            VaultKeyBundle bundle = await client.GetAsync($"keys/{pinned.Name}/{pinned.Version}", VaultJson.Default.VaultKeyBundle, token);
            VaultVersions.Check(pinned, bundle.Key?.Kid, bundle.Attributes, now);
            if (!VaultPublicKey.TryRead(bundle.Key!, out VaultPublicKey? key, out string? fault))
                throw new SignerUnavailableException($"{pinned} {fault}");
            return new VaultKey(client, pinned, key, new VaultLimiter(options.Rate ?? key.Rate, options.LongestQueue, clock));
        },
        cancellationToken);

    public async ValueTask<ReadOnlyMemory<byte>> SignAsync(PreparedCertificate certificate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return (await SignAsync(certificate.Spend(PublicKey), cancellationToken)).Raw;
    }

    public async ValueTask<string> SignAsync(string statementNamespace, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        byte[] statement = SshSig.ToBeSigned(statementNamespace, message.Span);
        return SshSig.Create(PublicKey, statementNamespace, (await SignAsync(statement, cancellationToken)).Encoded);
    }

    private ValueTask<(byte[] Raw, SshSignature Encoded)> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => _client.SignAsync(
        async token =>
        {
            await _limiter.WaitAsync(token);
            byte[] digest = CryptographicOperations.HashData(_key.Hash, data.Span);
            byte[] order = JsonSerializer.SerializeToUtf8Bytes(
                new VaultSignOrder(_key.Algorithm, Base64Url.EncodeToString(digest)), VaultJson.Default.VaultSignOrder);
            VaultSignature signature = await _client.PostAsync(
                $"keys/{_address.Name}/{_address.Version}/sign", order, VaultJson.Default.VaultSignature, token);
            return Check(signature, data);
        },
        cancellationToken);

    // A signature that does not verify would reach a user as a certificate that no host takes.
    private (byte[] Raw, SshSignature Encoded) Check(VaultSignature signature, ReadOnlyMemory<byte> data)
    {
        if (VaultVersions.ReadId(signature.Kid, _address) is null)
            throw new SignerUnavailableException($"the vault signed with another key or version than {_address}");
        byte[] raw = new byte[_key.SignatureBytes + 1];
        if (!Base64Url.TryDecodeFromChars(signature.Value, raw, out int length) || length != _key.SignatureBytes)
            throw new SignerUnavailableException($"the vault gave no signature of {_address}: it has another length");
        Array.Resize(ref raw, length);
        SshSignature encoded = SshSignature.FromRaw(PublicKey, raw);
        return PublicKey.Verify(data.Span, encoded)
            ? (raw, encoded)
            : throw new SignerUnavailableException($"the vault gave a signature that is not {_address}'s");
    }
}
