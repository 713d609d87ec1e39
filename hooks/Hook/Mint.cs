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

    internal static void Run(HookArguments arguments, Generations generations)
    {
        Credentials credentials = FreshCredentials.Require(arguments.Folders);
        generations.RequireFolder();
        SshPublicKey? kept = arguments.Renew ? null : generations.KeyToKeep(Clock.Now);
        using SshPrivateKey? made = kept is null ? SshPrivateKey.GenerateEcdsa(KeyBits) : null;
        SshPublicKey key = kept ?? made!.PublicKey;
        UserCertificateResponse answer = Request(credentials, new(key.ToText(), arguments.Destination.ForBroker));
        SshCertificate certificate = Check(answer.Certificate, key);
        byte[]? privateKey = made is null ? null : OpenSshPrivateKey.Write(made);
        generations.Install(privateKey, key, certificate.ToText());
        CryptographicOperations.ZeroMemory(privateKey);
    }

    private static UserCertificateResponse Request(Credentials credentials, IssueUserCertificateRequest request)
    {
        using BrokerClient client = new(credentials.Broker, credentials.Token);
        return client.PostAsync(Routes.UserCertificates, request, Contract.Json.IssueUserCertificateRequest, CancellationToken.None)
            .GetAwaiter().GetResult().Read(Contract.Json.UserCertificateResponse);
    }

    private static SshCertificate Check(string text, SshPublicKey key)
    {
        if (!SshCertificate.TryParse(text, out SshCertificate? certificate, out string? reason))
            throw Refused("can't be read: " + reason.TrimEnd('.'));
        if (certificate.Content.Type != CertificateType.User)
            throw Refused("is not a user certificate");
        if (!certificate.Content.SubjectKey.Equals(key))
            throw Refused("is for another key");
        if (!certificate.VerifySignature())
            throw Refused("has a signature that is not its CA's");
        if (!new Validity(certificate.Content.ValidAfter, certificate.Content.ValidBefore).HoldsAt(Clock.Now))
            throw Refused("does not hold now by this machine's clock");
        return certificate;
    }

    private static CommandFailedException Refused(string why) =>
        new(ExitCode.Failed, $"the certificate that the broker sent {why}", "sshfn doctor");
}
