using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.Core.Certificates;

/// <summary>What a certificate for a kind of destination must hold: who is named, and which options.</summary>
public static class CertificateProfile
{
    /// <summary>The text by which sshd's log, the KRL and the journal name the holder.</summary>
    /// <param name="subject">The holder's subject.</param>
    /// <returns>The key id on every host that reads the KRL.</returns>
    public static string KeyIdOf(Subject subject) => subject.Text;

    /// <summary>The key id that a kind of destination demands.</summary>
    /// <param name="resource">The destination.</param>
    /// <param name="subject">The caller's subject.</param>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>The subject; for GitLab, which takes the key id for the account, the account.</returns>
    public static string KeyIdOf(Resource resource, Subject subject, AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(limits);
        return resource.Profile == CertificateProfileName.GitLab ? AccountOf(limits) : KeyIdOf(subject);
    }

    /// <summary>The principals for an account on a resource.</summary>
    /// <param name="resource">The destination.</param>
    /// <param name="login">The unix account.</param>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>
    /// Exactly one. With forward targets or single use it is <c>limited:login@path</c>, which only a host takes that reads them from the
    /// certificate: any other would let the holder forward to anywhere, and connect again and again. GitHub and GitLab look elsewhere and get what no other host takes.
    /// </returns>
    public static ImmutableArray<string> PrincipalsOf(Resource resource, Login login, AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(limits);
        return resource.Profile switch
        {
            CertificateProfileName.Sshd when limits.ForwardTargets is not null || limits.SingleUse => [LimitedPrincipal.Of(login.Text, resource.Path.Text)],
            CertificateProfileName.PlainSshd => [login.Text],
            CertificateProfileName.Gitea => [AccountOf(limits)],
            // A key id or an extension of theirs says who it is for, so no sshd of ours may take it for one of its own.
            CertificateProfileName.GitHub or CertificateProfileName.GitLab => [$"git:{login}@{resource.Path}"],
            _ => [$"{login}@{resource.Path}"],
        };
    }

    /// <summary>The critical options that limits ask for.</summary>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>Sorted by name.</returns>
    public static ImmutableArray<CertificateOption> CriticalOptionsOf(AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var options = new List<CertificateOption>();
        if (limits.SftpFolder is { } folder) options.Add(CertificateOption.ForceCommand($"sshfn host sftp {folder}"));
        else if (limits.ForcedCommand is { } command) options.Add(CertificateOption.ForceCommand(command.Text));
        if (limits.SourceAddresses is { } ranges) options.Add(CertificateOption.WithValue(CertificateOption.SourceAddressName, string.Join(',', ranges)));
        return CertificateOption.Sorted(options);
    }

    /// <summary>The extensions that limits allow, and those that the destination demands.</summary>
    /// <param name="resource">The destination.</param>
    /// <param name="limits">What the policy allows.</param>
    /// <returns>Sorted by name.</returns>
    public static ImmutableArray<CertificateOption> ExtensionsOf(Resource resource, AccessLimits limits)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(limits);
        IEnumerable<CertificateOption> options = limits.Permissions.Distinct().Select(ExtensionOf);
        if (resource.Profile == CertificateProfileName.GitHub)
            options = options.Append(CertificateOption.WithValue("login@" + resource.Hosts[0].Address.Name, AccountOf(limits)));
        if (limits.ForwardTargets is { } targets)
            options = options.Append(CertificateOption.WithValue(LimitedPrincipal.ForwardTargetsOption, string.Join(',', targets)));
        if (limits.SingleUse) options = options.Append(new CertificateOption(LimitedPrincipal.SingleUseOption, default));
        return CertificateOption.Sorted(options);
    }

    private static string AccountOf(AccessLimits limits) =>
        limits.Account ?? throw new ArgumentException("a git host's limits name the account", nameof(limits));

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
