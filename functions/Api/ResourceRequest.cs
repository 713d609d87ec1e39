namespace SshFunctions.Api;

/// <summary>Body of PutResource.</summary>
/// <param name="Hosts">Names and ports it is reached under; no other resource may hold one of them.</param>
/// <param name="Logins">Unix accounts that grants may allow; at least one.</param>
/// <param name="Profile"><c>sshd</c> (when absent): principal <c>login@path</c>; <c>plain-sshd</c>: principal is the bare login.</param>
/// <param name="Description">Free text for people.</param>
/// <param name="SshSwitch"><c>enabled</c> (when absent) or <c>disabled</c>.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; the broker's own maximum when absent.</param>
public sealed record ResourceRequest(
    IReadOnlyList<HostAddress> Hosts,
    IReadOnlyList<string> Logins,
    string? Profile = null,
    string? Description = null,
    string? SshSwitch = null,
    int? MaximumLifetimeSeconds = null);
