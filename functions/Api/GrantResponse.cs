namespace SshFunctions.Api;

/// <summary>A grant; the members are those of <see cref="GrantRequest"/>.</summary>
/// <param name="Id">Identifier, chosen by who put it.</param>
/// <param name="Path">Where it holds.</param>
/// <param name="Role">What it gives.</param>
/// <param name="Subject">Who; null when a group holds it.</param>
/// <param name="Group">Which group; null when a subject holds it.</param>
/// <param name="Logins">Unix accounts; null for every login of the resource.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate under it; null for the resource's.</param>
/// <param name="SourceAddresses">CIDR blocks; null for anywhere.</param>
/// <param name="Permissions">What a session may do.</param>
/// <param name="NotBefore">UTC, inclusive; null for always.</param>
/// <param name="NotAfter">UTC, exclusive; null for never.</param>
/// <param name="ForwardTargets">What port forwarding may reach, <c>host:port</c> as the resource sees it; null for whatever the resource allows.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else, for example <c>pub/media</c>; null for everything the role gives.</param>
/// <param name="SingleUse">Whether a certificate under it serves one connection.</param>
/// <param name="Request">The access request that it comes and goes with; null for a standing grant.</param>
public sealed record GrantResponse(
    string Id,
    string Path,
    string Role,
    string? Subject,
    string? Group,
    IReadOnlyList<string>? Logins,
    int? MaximumLifetimeSeconds,
    IReadOnlyList<string>? SourceAddresses,
    IReadOnlyList<string> Permissions,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    IReadOnlyList<string>? ForwardTargets = null,
    string? SftpFolder = null,
    bool SingleUse = false,
    string? Request = null);
