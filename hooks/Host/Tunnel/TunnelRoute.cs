using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Hook;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Tunnel;

/// <summary>Where the reverse tunnel goes and with which certificate, as the broker said it and this host checked it.</summary>
/// <param name="Certificate">The checked certificate, as text.</param>
/// <param name="Validity">When it holds.</param>
/// <param name="Host">Where the bastion is reached.</param>
/// <param name="Port">TCP port of the bastion's sshd.</param>
/// <param name="Login">Unix account on the bastion.</param>
/// <param name="ListenPort">Port on the bastion's loopback.</param>
internal sealed record TunnelRoute(string Certificate, Validity Validity, string Host, int Port, string Login, int ListenPort)
{
    private const int LowestListenPort = 1024;
    private const int HighestPort = 65535;

    /// <summary>The route of an answer; refused when it holds anything that ssh could take for something else.</summary>
    internal static TunnelRoute Check(TunnelCertificateResponse answer, SshPublicKey key)
    {
        if (!HookDestination.TryParse(answer.Host, answer.Port.ToString(CultureInfo.InvariantCulture), answer.Login, out _))
            throw Refused("names no place that ssh could reach");
        if (answer.ListenPort is < LowestListenPort or > HighestPort)
            throw Refused($"names port {answer.ListenPort} to listen on");
        if (!SshCertificate.TryParse(answer.Certificate, out SshCertificate? certificate, out string? reason))
            throw Refused("holds a certificate that can't be read: " + reason);
        if (certificate.Content.Type != CertificateType.User || !certificate.Content.SubjectKey.Equals(key) || !certificate.VerifySignature())
            throw Refused("holds a certificate that is not for this host's key");
        return new(
            certificate.ToText(), new(certificate.Content.ValidAfter, certificate.Content.ValidBefore),
            answer.Host, answer.Port, answer.Login, answer.ListenPort);
    }

    private static CommandFailedException Refused(string what) =>
        new(ExitCode.Failed, $"the broker's answer about the tunnel {what}", "a manager can set it right: sshfn resource put PATH --tunnel LOGIN@BASTION:PORT");
}
