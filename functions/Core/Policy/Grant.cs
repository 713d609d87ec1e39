using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Gives a holder a role on a path and everything below it, within limits.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Path">Where it holds.</param>
/// <param name="Role">What it gives.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Logins">Unix accounts it allows; null for every login of the resource.</param>
/// <param name="MaximumLifetime">Longest life of a certificate under it; null for the resource's.</param>
/// <param name="SourceAddresses">Where the client must come from; null for anywhere.</param>
/// <param name="Permissions">What a session may do.</param>
/// <param name="NotBefore">UTC, inclusive; null for always.</param>
/// <param name="NotAfter">UTC, exclusive; null for never. No certificate under it lives longer.</param>
public sealed record Grant(
    GrantId Id,
    ResourcePath Path,
    Role Role,
    Holder Holder,
    ImmutableArray<LoginRule>? Logins,
    TimeSpan? MaximumLifetime,
    ImmutableArray<SourceRange>? SourceAddresses,
    ImmutableArray<Permission> Permissions,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter)
{
    /// <summary>What port forwarding may reach, as the resource sees it; null for whatever the resource allows.</summary>
    public ImmutableArray<HostAddress>? ForwardTargets { get; init; }

    /// <summary>File transfer in this folder and nothing else; null for everything the role gives.</summary>
    public SftpFolder? SftpFolder { get; init; }

    /// <summary>Whether each credential bought under it serves one connection; it gives nothing to a registered key.</summary>
    public bool SingleUse { get; init; }

    /// <summary>The access request that it comes from; null for one that somebody gave, which gives nothing in a protected environment.</summary>
    public AccessRequestId? Request { get; init; }

    /// <summary>Whether it has no end and comes from no access request.</summary>
    [JsonIgnore]
    public bool IsStanding => Request is null && NotAfter is null;

    /// <summary>Whether another grant gives nothing beyond this one: no more of role, path, time, life, logins, sources or permissions.</summary>
    /// <param name="other">What somebody who holds this one wants to give.</param>
    /// <returns>Whether it may be given. An admin's grant covers everything below its path.</returns>
    public bool Covers(Grant other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Path.Covers(other.Path) || other.Role > Role) return false;
        if (Role == Role.Admin && NotAfter is null) return true;
        return (NotAfter is null || other.NotAfter <= NotAfter)
            && (MaximumLifetime is null || other.MaximumLifetime <= MaximumLifetime)
            && IsWithin(other.Logins, Logins)
            && IsWithin(other.ForwardTargets, ForwardTargets)
            && (SftpFolder is not { } folder || (other.SftpFolder is { } part && folder.Covers(part)))
            && (!SingleUse || other.SingleUse)
            && IsWithin(other.SourceAddresses, SourceAddresses)
            && IsWithin<Permission>(other.Permissions, Permissions);
    }

    private static bool IsWithin<T>(ImmutableArray<T>? part, ImmutableArray<T>? whole) =>
        whole is not { } limit || (part is { } items && items.All(limit.Contains));

    /// <summary>Whether it counts at an instant.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>True from <see cref="NotBefore"/> until before <see cref="NotAfter"/>.</returns>
    public bool IsInForce(DateTimeOffset now) => (NotBefore is null || now >= NotBefore) && (NotAfter is null || now < NotAfter);

    /// <summary>Whether it allows a caller an account.</summary>
    /// <param name="login">The account.</param>
    /// <param name="caller">Who enters.</param>
    /// <returns>True for every account when it names none.</returns>
    public bool Allows(Login login, Caller caller) => Logins is not { } logins || logins.Any(rule => rule.LoginOf(caller) == login);
}
