namespace SshFunctions.Api;

/// <summary>Body of PutResource. What is absent stays as it is; an empty text or list takes it away.</summary>
/// <param name="Hosts">Names and ports it is reached under; no other resource may hold one of them, nor a pattern that covers it.</param>
/// <param name="Logins">Unix accounts that grants may allow, at least one; <c>{user}</c> for the caller's own user name.</param>
/// <param name="Profile">
/// <c>sshd</c> (when new): principal <c>login@path</c>; <c>plain-sshd</c>: the bare login; <c>github</c>, <c>gitlab</c>, <c>gitea</c>: what
/// that git host demands, for <paramref name="Account"/>.
/// </param>
/// <param name="Description">Free text for people.</param>
/// <param name="SshSwitch"><c>enabled</c> (when new) or <c>disabled</c>.</param>
/// <param name="MaximumLifetimeSeconds">Longest life of a certificate; the broker's own maximum when new.</param>
/// <param name="Services">What port forwarding may reach. Once one is named, nothing else may be.</param>
/// <param name="Jump">Path of the resource that connections go through.</param>
/// <param name="LoginCommand">What a login without a command runs, to make it match the app's environment.</param>
/// <param name="ForceLoginCommand">True: certificates force <paramref name="LoginCommand"/>, whatever the client asks for.</param>
/// <param name="Account">Name on a git host: <c>{user}</c> (when new) with text around it, for example <c>{user}_corp</c>.</param>
/// <param name="Tunnel">How it is reached behind NAT; exclusive with <paramref name="Jump"/>. A tunnel with an empty bastion takes it away.</param>
public sealed record ResourceRequest(
    IReadOnlyList<HostAddress> Hosts,
    IReadOnlyList<string> Logins,
    string? Profile = null,
    string? Description = null,
    string? SshSwitch = null,
    int? MaximumLifetimeSeconds = null,
    IReadOnlyList<NamedService>? Services = null,
    string? Jump = null,
    string? LoginCommand = null,
    bool? ForceLoginCommand = null,
    string? Account = null,
    ReverseTunnel? Tunnel = null);
