namespace SshFunctions.Api;

/// <summary>Body of PutResource.</summary>
/// <param name="Hosts">Names and ports it is reached under; no other resource may hold one of them.</param>
/// <param name="Logins">Unix accounts that grants may allow; at least one.</param>
/// <param name="Profile">Absent: as it is, <c>sshd</c> when new. <c>sshd</c>: principal <c>login@path</c>; <c>plain-sshd</c>: principal is the bare login.</param>
/// <param name="Description">Free text for people; absent: as it is.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>; absent: as it is, enabled when new.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; absent: as it is, the broker's own maximum when new.</param>
public sealed record ResourceRequest(
    IReadOnlyList<HostAddress> Hosts,
    IReadOnlyList<string> Logins,
    string? Profile = null,
    string? Description = null,
    string? SshSwitch = null,
    int? MaximumLifetimeSeconds = null);
