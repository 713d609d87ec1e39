using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

public static partial class AccessPolicy
{
    private static AccessLimits LimitsOf(Grant grant, AccessFacts facts, Caller caller)
    {
        Resource resource = facts.Resource;
        bool gitHost = resource.Profile.IsGitHost();
        var limits = new AccessLimits(Shorter(grant.MaximumLifetime, resource.MaximumLifetime), grant.NotAfter, grant.SourceAddresses, grant.Permissions)
        {
            SingleUse = grant.SingleUse,
        };
        // A git host runs its own commands and needs no permission; a folder is file transfer and nothing else.
        if (gitHost) return limits with { Permissions = [], Account = resource.Account.AccountOf(caller) };
        if (grant.SftpFolder is { } folder) return limits with { Permissions = [], SftpFolder = folder };
        ImmutableArray<Permission> permissions = PermissionsOf(grant, resource);
        return limits with
        {
            ForcedCommand = resource.ForceLoginCommand ? resource.LoginCommand : null,
            Permissions = permissions,
            ForwardTargets = permissions.Contains(Permission.PortForwarding) ? TargetsOf(grant, resource) : null,
        };
    }

    /// <summary>Where the host can't keep forwarding to its targets, and where no target is left, there is none at all.</summary>
    private static ImmutableArray<Permission> PermissionsOf(Grant grant, Resource resource) =>
        TargetsOf(grant, resource) is { } targets && (targets.IsEmpty || resource.Profile != CertificateProfileName.Sshd)
            ? grant.Permissions.Remove(Permission.PortForwarding)
            : grant.Permissions;

    /// <summary>What both the grant and the resource's named services allow; null where neither says anything.</summary>
    private static ImmutableArray<HostAddress>? TargetsOf(Grant grant, Resource resource)
    {
        if (resource.Services.IsEmpty) return grant.ForwardTargets;
        IEnumerable<HostAddress> offered = resource.Services.Select(service => service.Target).Distinct();
        return grant.ForwardTargets is { } granted ? [.. offered.Where(granted.Contains)] : [.. offered];
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other) => (one, other) switch
    {
        ({ } first, { } second) => first < second ? first : second,
        _ => one ?? other,
    };
}
