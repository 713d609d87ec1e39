using SshFunctions.Api;
using SshFunctions.Hooks.Outside;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Hook;

/// <summary>A certificate as the broker sent it, believed only after a look at it.</summary>
/// <remarks>Whether its CA is the right one is for the host to say; what is checked here is that it is no more, and no less, than what was asked for.</remarks>
internal static class MintedCertificate
{
    // A day, the most that an operator may set, and room for the backdating.
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(25);

    // What sshd of any version knows; it refuses a certificate with any other.
    private static readonly string[] CriticalOptions = ["force-command", "source-address", "verify-required"];

    internal static SshCertificate Check(UserCertificateResponse answer, SshPublicKey key, HookDestination destination)
    {
        if (!SshCertificate.TryParse(answer.Certificate, out SshCertificate? certificate, out string? reason))
            throw Refused("can't be read: " + reason.TrimEnd('.'));
        CertificateContent content = certificate.Content;
        string? fault = content switch
        {
            { Type: not CertificateType.User } => "is not a user certificate",
            _ when !content.SubjectKey.Equals(key) => "is for another key",
            _ when !certificate.VerifySignature() => "has a signature that is not its CA's",
            _ when certificate.CaKey.Fingerprint.ToString() != answer.CaFingerprint => "is of another CA than the broker says",
            _ when !new Validity(content.ValidAfter, content.ValidBefore).HoldsAt(Clock.Now) => "does not hold now by this machine's clock",
            _ when content.ValidBefore - content.ValidAfter > LongestLife => "holds for longer than any broker may issue",
            { Serial: 0 } => "has no serial, so that nobody could revoke it",
            _ when !content.CriticalOptions.All(option => CriticalOptions.Contains(option.Name)) => "has a critical option that no sshd knows",
            _ => PrincipalFault(content, answer, destination),
        };
        return fault is null ? certificate : throw Refused(fault);
    }

    /// <summary>One principal, for the login alone: none is any to OpenSSH before 10.3, and several are several destinations.</summary>
    private static string? PrincipalFault(CertificateContent content, UserCertificateResponse answer, HookDestination destination)
    {
        if (content.ValidPrincipals is not [var principal])
            return content.ValidPrincipals.Length == 0 ? "names no principal" : "names several principals";
        if (answer.Login != destination.Login || answer.Principals is not [var told] || told != principal)
            return "names another principal than the broker says, or another login";
        return LoginOf(principal) is { } login && login != destination.Login ? "names the login of somebody else" : null;
    }

    /// <summary>The login of <c>deploy@acme/production/web</c>, <c>limited:deploy@…</c> and <c>git:deploy@…</c>; null for a plain name.</summary>
    /// <remarks>
    /// Whatever resource the broker says: what stands behind the last <c>@</c> of such a principal is a path, and no other name holds a slash.
    /// A plain name is the login of a plain sshd or an account of a git host, which no answer tells apart: whether it may enter is for the server to say.
    /// </remarks>
    private static string? LoginOf(string principal)
    {
        int at = principal.LastIndexOf('@');
        if (at < 0 || principal.IndexOf('/', at) < 0)
            return null;
        string name = principal[..at];
        return name[(name.IndexOf(':') + 1)..];
    }

    private static CommandFailedException Refused(string why) =>
        new(ExitCode.Failed, $"the certificate that the broker sent {why}", "sshfn doctor");
}
