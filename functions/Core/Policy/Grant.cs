using System.Collections.Immutable;
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
    ImmutableArray<Login>? Logins,
    TimeSpan? MaximumLifetime,
    ImmutableArray<SourceRange>? SourceAddresses,
    ImmutableArray<Permission> Permissions,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter)
{
    /// <summary>Whether it counts at an instant.</summary>
    /// <param name="now">UTC.</param>
    /// <returns>True from <see cref="NotBefore"/> until before <see cref="NotAfter"/>.</returns>
    public bool IsInForce(DateTimeOffset now) => (NotBefore is null || now >= NotBefore) && (NotAfter is null || now < NotAfter);

    /// <summary>Whether it allows an account.</summary>
    /// <param name="login">The account.</param>
    /// <returns>True for every account when it names none.</returns>
    public bool Allows(Login login) => Logins is not { } logins || logins.Contains(login);
}
