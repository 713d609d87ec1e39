using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Tunnel;

/// <summary>The tunnel's key, which never leaves this host, and the certificate for it.</summary>
internal sealed class TunnelCredentials(HostFolders folders, HostSettings settings)
{
    private const int KeyBits = 256;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The last answer of the broker, checked once more; null when there is none that can be used now.</summary>
    internal TunnelRoute? Kept()
    {
        try
        {
            return Files.Read(folders.TunnelRoute) is { } text && Files.Exists(folders.TunnelKey)
                && JsonSerializer.Deserialize(text, Contract.Json.TunnelCertificateResponse) is { } answer
                && TunnelRoute.Check(answer, PublicKey()) is var route && route.Validity.HoldsAt(Clock.Now)
                ? route
                : null;
        }
        catch (Exception error) when (error is JsonException or CommandFailedException)
        {
            return null;
        }
    }

    /// <summary>A new certificate, and where to go with it; both are on disk when this returns.</summary>
    internal async Task<TunnelRoute> RenewAsync(CancellationToken cancellationToken)
    {
        SshPublicKey key = PublicKey();
        using BrokerClient client = new(BrokerAddress.Parse(settings.Broker), HostFiles.ReadToken(folders), RequestTimeout, settings.CaFile);
        TunnelCertificateResponse answer = (await client.PostAsync(
            Routes.TunnelCertificates, new(key.ToText()), Contract.Json.IssueTunnelCertificateRequest, cancellationToken)).Read(Contract.Json.TunnelCertificateResponse);
        TunnelRoute route = TunnelRoute.Check(answer, key);
        if (!route.Validity.HoldsAt(Clock.Now))
            throw new CommandFailedException(ExitCode.Failed, "the certificate that the broker sent does not hold now by this machine's clock", "is the clock right? timedatectl");
        Files.Write(folders.TunnelCertificate, route.Certificate + "\n", Files.Readable);
        Files.Write(folders.TunnelKnownHosts, KnownHosts(route), Files.Readable);
        Files.Write(folders.TunnelRoute, JsonSerializer.SerializeToUtf8Bytes(answer, Contract.Json.TunnelCertificateResponse), Files.Readable);
        return route;
    }

    private SshPublicKey PublicKey()
    {
        if (!Files.Exists(folders.TunnelKey))
        {
            using SshPrivateKey made = SshPrivateKey.GenerateEcdsa(KeyBits);
            byte[] text = OpenSshPrivateKey.Write(made);
            Files.Write(folders.TunnelKey + ".pub", made.PublicKey.ToText() + "\n", Files.Readable);
            Files.Write(folders.TunnelKey, text, Files.Private);
            CryptographicOperations.ZeroMemory(text);
        }

        return SshPublicKey.TryParse(Files.Read(folders.TunnelKey + ".pub")?.Trim() ?? "", out SshPublicKey? key, out string? reason)
            ? key
            : throw new CommandFailedException(ExitCode.Failed, $"{folders.TunnelKey}.pub is damaged: {reason}", $"remove {folders.TunnelKey} and run this again");
    }

    /// <summary>The bastion must show a certificate of our host CA: else anybody on the way could be it.</summary>
    private string KnownHosts(TunnelRoute route)
    {
        PinnedTrust trust = PinnedTrust.Read(folders);
        return string.Concat(trust.HostCas.Select(ca => $"@cert-authority {route.Host},[{route.Host}]:* {ca.ToText()}\n"));
    }
}
