using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>What a certificate for a kind of destination must hold: who is named, and which options.</summary>
public static class CertificateProfile
{
    /// <summary>The text by which sshd's log, the KRL and the journal name the holder: the subject.</summary>
    /// <param name="subject">The caller's subject.</param>
    /// <returns>The key id.</returns>
    public static string KeyIdOf(Subject subject) => subject.Text;

    /// <summary>The principals for an account on a resource.</summary>
    /// <param name="profile">The kind of destination.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="login">The account.</param>
    /// <returns>Exactly one principal.</returns>
    public static ImmutableArray<string> PrincipalsOf(CertificateProfileName profile, ResourcePath resource, Login login) => profile switch
    {
        CertificateProfileName.Sshd => [$"{login}@{resource}"],
        CertificateProfileName.PlainSshd => [login.Text],
        _ => throw new ArgumentOutOfRangeException(nameof(profile), profile, "no such profile"),
    };

    /// <summary>The critical options that limits ask for.</summary>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>Sorted by name.</returns>
    public static ImmutableArray<CertificateOption> CriticalOptionsOf(AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return limits.SourceAddresses is { } ranges
            ? [CertificateOption.WithValue(CertificateOption.SourceAddressName, string.Join(',', ranges))]
            : [];
    }

    /// <summary>The extensions that limits allow.</summary>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>Sorted by name.</returns>
    public static ImmutableArray<CertificateOption> ExtensionsOf(AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return CertificateOption.Sorted(limits.Permissions.Distinct().Select(ExtensionOf));
    }

    private static CertificateOption ExtensionOf(Permission permission) => permission switch
    {
        Permission.Pty => CertificateOption.PermitPty,
        Permission.PortForwarding => CertificateOption.PermitPortForwarding,
        Permission.AgentForwarding => CertificateOption.PermitAgentForwarding,
        Permission.X11Forwarding => CertificateOption.PermitX11Forwarding,
        Permission.UserRc => CertificateOption.PermitUserRc,
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "no such permission"),
    };
}
