using System.Security.Cryptography;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Renews the certificates of the host keys in their last third, and tells sshd only when one changed.</summary>
internal static class RenewHostCertificates
{
    private const int LargestBytes = 128 * 1024;
    private static readonly TimeSpan Spread = TimeSpan.FromHours(6);

    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        bool changed = false;
        foreach (string path in agent.Settings.HostKeys)
        {
            if (!SshPublicKey.TryParse(InputFile.Read(path, LargestBytes).TrimEnd(), out SshPublicKey? key, out string? reason))
                throw new CommandFailedException(ExitCode.Failed, $"{path} is no public key: {reason.TrimEnd('.')}");
            if (Find(agent, path) is { } held && IsGood(held, key, agent.Trust) && !IsOld(held) && !IsSuperseded(agent, held))
                continue;
            SshCertificate certificate = await MintAsync(agent, key, cancellationToken);
            Files.Write(agent.Folders.CertificateOf(path), certificate.ToText() + "\n", Files.Readable);
            changed = true;
        }

        if (changed)
            ReloadSshd.Run(agent);
    }

    /// <summary>The certificate of a host key; null when there is none that can be read.</summary>
    internal static SshCertificate? Find(HostFolders folders, string publicKey) =>
        SshCertificate.TryParse(Files.Read(folders.CertificateOf(publicKey))?.TrimEnd(), out SshCertificate? certificate, out _) ? certificate : null;

    private static SshCertificate? Find(HostAgent agent, string path) => Find(agent.Folders, path);

    private static async Task<SshCertificate> MintAsync(HostAgent agent, SshPublicKey key, CancellationToken cancellationToken)
    {
        HostCertificateResponse answer = (await agent.Client.PostAsync(
            Routes.HostCertificates, new IssueHostCertificateRequest(key.ToText()), Contract.Json.IssueHostCertificateRequest, cancellationToken))
            .Read(Contract.Json.HostCertificateResponse);
        return SshCertificate.TryParse(answer.Certificate, out SshCertificate? certificate, out _) && IsGood(certificate, key, agent.Trust)
            ? certificate
            : throw agent.Refuse(AlarmKind.TrustBundle, $"the broker's certificate for the host key {key.Fingerprint} was refused: it is not for this key, not by a trusted CA, or does not hold now");
    }

    private static bool IsGood(SshCertificate certificate, SshPublicKey key, PinnedTrust trust) =>
        certificate.Content.Type == CertificateType.Host && certificate.Content.SubjectKey.Equals(key)
        && trust.HostCas.Any(ca => ca.Equals(certificate.CaKey)) && certificate.VerifySignature()
        && certificate.Content.ValidAfter <= Clock.Now && Clock.Now < certificate.Content.ValidBefore;

    // Soon after the broker's host CA key was replaced, but not every host in the same minute.
    private static bool IsSuperseded(HostAgent agent, SshCertificate held) =>
        agent.State is { HostCa: { } signs, HostCaSince: { } since } && held.CaKey.Fingerprint.ToString() != signs
        && Clock.Now >= since + ShareOf(agent.Settings.Host) * Spread;

    /// <summary>From 0 to 1, the same for a host every time.</summary>
    private static double ShareOf(string host) => BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(host))) / 65536.0;

    private static bool IsOld(SshCertificate certificate) =>
        LastThird.Holds(certificate.Content.ValidAfter, certificate.Content.ValidBefore, Clock.Now);
}
