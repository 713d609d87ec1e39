using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>Looks at a draft as a suspicious stranger would, before any key does. Only it can make a <see cref="PreparedCertificate"/>.</summary>
/// <remarks>Every rule stands here although an earlier step should have kept it: what is signed can't be taken back.</remarks>
public static class CertificateLinter
{
    private static readonly ImmutableHashSet<string> KnownCriticalOptions =
    [
        CertificateOption.ForceCommandName, CertificateOption.SourceAddressName, CertificateOption.VerifyRequiredName,
    ];

    private static readonly ImmutableHashSet<string> KnownExtensions =
    [
        CertificateOption.PermitPtyName, CertificateOption.PermitPortForwardingName, CertificateOption.PermitAgentForwardingName,
        CertificateOption.PermitX11ForwardingName, CertificateOption.PermitUserRcName, CertificateOption.NoTouchRequiredName,
        LimitedPrincipal.ForwardTargetsOption, LimitedPrincipal.SingleUseOption, LimitedPrincipal.ListenPortOption,
    ];

    // GitHub's: the rest of the name is the host.
    private const string AccountExtension = "login@";

    /// <summary>Checks a draft and encodes it for one CA key.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="ca">The CA key that shall sign it.</param>
    /// <param name="fault">The rule that is broken; null when none is.</param>
    /// <returns>What can be signed; null when a rule is broken.</returns>
    public static PreparedCertificate? Prepare(CertificateDraft draft, SshPublicKey ca, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(ca);
        fault = FaultOf(draft, ca);
        if (fault is not null) return null;
        try
        {
            return new PreparedCertificate(draft.Content.ToBeSigned(ca), ca);
        }
        catch (ArgumentException error)
        {
            fault = error.Message;
            return null;
        }
    }

    private static string? FaultOf(CertificateDraft draft, SshPublicKey ca)
    {
        CertificateContent content = draft.Content;
        if (content.Serial == 0) return "the serial is 0";
        if (content.SubjectKey.Equals(ca)) return "the subject key is the CA's own";
        if (!KeyId.TryParse(content.KeyId, out _, out string? keyIdFault)) return keyIdFault;
        string? fault = PrincipalFaultOf(content) ?? LifeFaultOf(draft);
        return fault ?? (content.Type == CertificateType.Host ? HostFaultOf(content) : OptionFaultOf(content));
    }

    private static string? PrincipalFaultOf(CertificateContent content)
    {
        // No principal is any principal to OpenSSH before 10.3; CVE-2024-7594 was a CA that issued such certificates.
        if (content.ValidPrincipals.IsDefaultOrEmpty) return "there is no principal";
        if (content.ValidPrincipals.Length > CertificateContent.MaximumPrincipals) return "there are more than 256 principals";
        foreach (string principal in content.ValidPrincipals)
        {
            // A comma splits a principal in principals= of authorized_keys before OpenSSH 10.3 (CVE-2026-35414).
            if (!Principal.TryParse(principal, out _, out string? fault)) return fault;
        }

        return null;
    }

    private static string? LifeFaultOf(CertificateDraft draft)
    {
        CertificateContent content = draft.Content;
        if (content.ValidBefore <= content.ValidAfter) return "it ends before it begins";
        if (content.ValidAfter > draft.IssuedAt) return "it is not valid yet";
        if (content.ValidAfter < draft.IssuedAt - CertificateLimits.Backdate - TimeSpan.FromSeconds(1)) return "it is backdated too far";
        return content.ValidBefore > draft.IssuedAt + draft.MaximumLifetime ? "it lives longer than allowed" : null;
    }

    private static string? HostFaultOf(CertificateContent content)
    {
        // None is defined for hosts. Source: draft-miller-ssh-cert, "critical options" and "extensions".
        if (!content.CriticalOptions.IsEmpty || !content.Extensions.IsEmpty) return "a host certificate has no options";
        if (!Subject.TryParse(content.KeyId, null, out Subject subject) || !HostId.IsHostSubject(subject)) return "the key id is no host's subject";
        foreach (string principal in content.ValidPrincipals)
        {
            // A pattern is a plain name to ssh before 10.3, and takes strangers' hosts in from then on.
            if (!HostAddress.TryCreate(principal, 22, out HostAddress address) || address.Name != principal)
                return "a principal is no host name or address in its one spelling";
        }

        return null;
    }

    private static string? OptionFaultOf(CertificateContent content)
    {
        foreach (CertificateOption option in content.CriticalOptions)
        {
            if (!KnownCriticalOptions.Contains(option.Name)) return $"critical option {option.Name} is unknown to sshd";
        }

        foreach (CertificateOption option in content.Extensions)
        {
            bool known = KnownExtensions.Contains(option.Name) || option.Name.StartsWith(AccountExtension, StringComparison.Ordinal);
            if (!known) return $"extension {option.Name} is in no profile";
        }

        // The extension alone binds nobody: only the principal keeps hosts away that would not look at it.
        bool limited = content.Extensions.Any(option => LimitedPrincipal.IsLimit(option.Name));
        return limited == content.ValidPrincipals.All(LimitedPrincipal.IsLimited) && limited == content.ValidPrincipals.Any(LimitedPrincipal.IsLimited)
            ? null
            : "a limit that only sshfn keeps and a limited principal go together";
    }
}
