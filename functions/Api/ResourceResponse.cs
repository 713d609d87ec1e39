namespace SshFunctions.Api;

/// <summary>A resource.</summary>
/// <param name="Path"><c>project/environment/resource</c>.</param>
/// <param name="Hosts">Names and ports it is reached under.</param>
/// <param name="Logins">Unix accounts that grants may allow.</param>
/// <param name="Profile"><c>sshd</c> or <c>plain-sshd</c>.</param>
/// <param name="Description">Free text; empty when none was given.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>, of the resource itself.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; null for the broker's own maximum.</param>
public sealed record ResourceResponse(
    string Path,
    IReadOnlyList<HostAddress> Hosts,
    IReadOnlyList<string> Logins,
    string Profile,
    string Description,
    string SshSwitch,
    int? MaximumLifetimeSeconds);
