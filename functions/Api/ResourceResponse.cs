namespace SshFunctions.Api;

/// <summary>A resource; the members are those of <see cref="ResourceRequest"/>.</summary>
/// <param name="Path"><c>project/environment/resource</c>.</param>
/// <param name="Hosts">Names and ports it is reached under.</param>
/// <param name="Logins">Unix accounts that grants may allow; <c>{user}</c> for the caller's own user name.</param>
/// <param name="Profile"><c>sshd</c>, <c>plain-sshd</c>, <c>github</c>, <c>gitlab</c> or <c>gitea</c>.</param>
/// <param name="Description">Free text; empty when none was given.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>, of the resource itself.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; null for the broker's own maximum.</param>
/// <param name="Services">What port forwarding may reach; null or empty when none was named.</param>
/// <param name="Jump">Path of the resource that connections go through; null for none.</param>
/// <param name="LoginCommand">What a login without a command runs; null for the shell.</param>
/// <param name="ForceLoginCommand">Whether certificates force it.</param>
/// <param name="Account">Name on a git host; null when it is none.</param>
/// <param name="Tunnel">How it is reached behind NAT; null when it needs no tunnel.</param>
/// <param name="Switched">Who changed the switch last; null when nobody did.</param>
public sealed record ResourceResponse(
    string Path,
    IReadOnlyList<HostAddress> Hosts,
    IReadOnlyList<string> Logins,
    string Profile,
    string Description,
    string SshSwitch,
    int? MaximumLifetimeSeconds,
    IReadOnlyList<NamedService>? Services = null,
    string? Jump = null,
    string? LoginCommand = null,
    bool ForceLoginCommand = false,
    string? Account = null,
    ReverseTunnel? Tunnel = null,
    SwitchChange? Switched = null);
