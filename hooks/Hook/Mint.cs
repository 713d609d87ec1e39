using System.Security.Cryptography;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Hook;

/// <summary>The cold path: a key pair, one request, an answer that is believed only after a look at it.</summary>
internal static class Mint
{
    private const int KeyBits = 256;

    // A certificate of the longest key and options that ssh reads is 20 KB of text.
    private const int LargestAnswerBytes = 256 * 1024;

    internal static void Run(HookArguments arguments, Generations generations)
    {
        Credentials credentials = FreshCredentials.Require(arguments.Folders);
        generations.RequireFolder();
        SshPublicKey? kept = arguments.Renew ? null : generations.KeyToKeep(Clock.Now);
        using SshPrivateKey? made = kept is null ? SshPrivateKey.GenerateEcdsa(KeyBits) : null;
        SshPublicKey key = kept ?? made!.PublicKey;
        UserCertificateResponse answer = Request(credentials, new(key.ToText(), arguments.Destination.ForBroker));
        SshCertificate certificate = MintedCertificate.Check(answer, key, arguments.Destination);
        byte[]? privateKey = made is null ? null : OpenSshPrivateKey.Write(made);
        generations.Install(privateKey, key, certificate.ToText());
        CryptographicOperations.ZeroMemory(privateKey);
    }

    private static UserCertificateResponse Request(Credentials credentials, IssueUserCertificateRequest request)
    {
        using BrokerClient client = new(credentials.Broker, credentials.Token, LargestAnswerBytes);
        return client.PostAsync(Routes.UserCertificates, request, Contract.Json.IssueUserCertificateRequest, CancellationToken.None)
            .GetAwaiter().GetResult().Read(Contract.Json.UserCertificateResponse);
    }
}
