using System.Security.Cryptography;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Hook;

/// <summary>The cold path: a key pair, one request, an answer that is believed only after a look at it.</summary>
internal static class Mint
{
    private const int KeyBits = 256;

    internal static void Run(HookArguments arguments, Generations generations)
    {
        Credentials credentials = FreshCredentials.Require(arguments.Folders);
        generations.RequireFolder();
        SshPublicKey? kept = arguments.Renew ? null : generations.KeyToKeep(Clock.Now);
        using SshPrivateKey? made = kept is null ? SshPrivateKey.GenerateEcdsa(KeyBits) : null;
        SshPublicKey key = kept ?? made!.PublicKey;
        string? hostKeys = new HostKeys(arguments.Folders).VersionFor(credentials.Broker);
        UserCertificateResponse answer = Request(credentials, new(key.ToText(), arguments.Destination.ForBroker), hostKeys);
        SshCertificate certificate = MintedCertificate.Check(answer, key, arguments.Destination);
        // First: once the certificate lies there, nobody asks until it ends.
        KeepHostKeys(arguments.Folders, credentials.Broker, answer.KnownHosts);
        byte[]? privateKey = made is null ? null : OpenSshPrivateKey.Write(made);
        generations.Install(privateKey, key, certificate.ToText());
        CryptographicOperations.ZeroMemory(privateKey);
    }

    private static UserCertificateResponse Request(Credentials credentials, IssueUserCertificateRequest request, string? hostKeys)
    {
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        if (hostKeys is not null)
            client.SayWithEach(Routes.KnownHostsVersionHeader, hostKeys);
        return client.PostAsync(Routes.UserCertificates, request, Contract.Json.IssueUserCertificateRequest, CancellationToken.None)
            .GetAwaiter().GetResult().Read(Contract.Json.UserCertificateResponse);
    }

    /// <summary>Keys of hosts that came, were stolen or revoked since the last ones: ssh reads them before it trusts a host. A file that can't be written stops no login.</summary>
    private static void KeepHostKeys(Folders folders, Uri broker, string? newer)
    {
        try
        {
            if (newer is not null && new HostKeys(folders).KeepNewer(broker, newer) is { } reason)
                Terminal.Note($"the keys of hosts are as they were: {reason}");
        }
        catch (Exception error) when (error is CommandFailedException or IOException or UnauthorizedAccessException)
        {
            Terminal.Note($"not every file has the newest keys of hosts: {error.Message}");
        }
    }
}
