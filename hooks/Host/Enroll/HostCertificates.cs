using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Gets every host key certified.</summary>
internal static class HostCertificates
{
    internal static async Task FetchAsync(
        BrokerClient client, HostFolders folders, IReadOnlyList<HostKeyFile> keys, CancellationToken cancellationToken)
    {
        PinnedTrust trust = PinnedTrust.Read(folders);
        foreach (HostKeyFile key in keys)
        {
            BrokerAnswer answer = await client.PostAsync(
                Routes.HostCertificates, new IssueHostCertificateRequest(key.Key.ToText()), Contract.Json.IssueHostCertificateRequest, cancellationToken);
            string text = answer.Read(Contract.Json.HostCertificateResponse).Certificate.Trim();
            bool isRight = SshCertificate.TryParse(text, out SshCertificate? certificate, out _)
                && certificate.Content.Type == CertificateType.Host
                && certificate.Content.SubjectKey.Equals(key.Key)
                && trust.HostCas.Any(ca => ca.Equals(certificate.CaKey))
                && certificate.VerifySignature();
            // Clients that trust this broker would find out; better here than at every login.
            if (!isRight)
                throw new CommandFailedException(ExitCode.Failed, $"the broker sent something else than a certificate for {key.Path}", "sshfn doctor");
            if (key.IsMissing)
                Files.Write(key.Path, key.Key.ToText() + "\n", Files.Readable);
            Files.Write(folders.CertificateOf(key.Path), certificate!.ToText() + "\n", Files.Readable);
        }
    }
}
