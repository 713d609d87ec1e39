namespace SshFunctions.Api;

/// <summary>Body of PutGrant.</summary>
/// <param name="Path"><c>/</c> for everything, or a project, environment or resource path; holds for all below it.</param>
/// <param name="Role"><c>auditor</c>, <c>developer</c>, <c>manager</c> or <c>admin</c>.</param>
/// <param name="Subject">Who; exclusive with <paramref name="Group"/>.</param>
/// <param name="Group">Which group; exclusive with <paramref name="Subject"/>.</param>
/// <param name="Logins">Unix accounts it allows, <c>{user}</c> for the caller's own user name; absent: every login of the resource.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate under it.</param>
/// <param name="SourceAddresses">CIDR blocks that the client must come from; absent: anywhere.</param>
/// <param name="Permissions">Of <c>pty</c>, <c>port-forwarding</c>, <c>agent-forwarding</c>, <c>x11-forwarding</c>, <c>user-rc</c>; absent: <c>pty</c> alone.</param>
/// <param name="NotBefore">UTC, inclusive.</param>
/// <param name="NotAfter">UTC, exclusive; no certificate under it lives longer.</param>
/// <param name="ForwardTargets">What port forwarding may reach, <c>host:port</c> as the resource sees it; absent: whatever the resource allows.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else, for example <c>pub/media</c>; absent: everything the role gives.</param>
/// <param name="SingleUse">True: a certificate under it serves one connection; only enrolled hosts take it.</param>
public sealed record GrantRequest(
    string Path,
    string Role,
    string? Subject = null,
    string? Group = null,
    IReadOnlyList<string>? Logins = null,
    int? MaximumLifetimeSeconds = null,
    IReadOnlyList<string>? SourceAddresses = null,
    IReadOnlyList<string>? Permissions = null,
    DateTimeOffset? NotBefore = null,
    DateTimeOffset? NotAfter = null,
    IReadOnlyList<string>? ForwardTargets = null,
    string? SftpFolder = null,
    bool? SingleUse = null);
