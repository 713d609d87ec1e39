using SshFunctions.Api;

namespace SshFunctions.Hooks.Commands.Tree;

/// <summary>The members of the tree's records as people read them.</summary>
internal static class TreeRows
{
    internal static (string, string?)[] Of(ProjectResponse project) =>
        [("path", project.Path), ("ssh", project.SshSwitch), ("description", project.Description)];

    internal static (string, string?)[] Of(EnvironmentResponse environment) =>
    [
        ("path", environment.Path), ("ssh", environment.SshSwitch), ("protected", YesNo(environment.Protected)),
        ("description", environment.Description),
    ];

    internal static (string, string?)[] Of(ResourceResponse resource) =>
    [
        ("path", resource.Path), ("hosts", Hosts(resource)), ("logins", string.Join(' ', resource.Logins)), ("profile", resource.Profile),
        ("ssh", resource.SshSwitch), ("max life", Seconds(resource.MaximumLifetimeSeconds)), ("description", resource.Description),
        .. Further(resource).Where(row => !string.IsNullOrEmpty(row.Value)),
    ];

    // What few resources have is told of those alone.
    private static (string Name, string? Value)[] Further(ResourceResponse resource) =>
    [
        ("services", Services(resource)), ("jump", resource.Jump), ("tunnel", resource.Tunnel is { } tunnel ? TunnelText.Of(tunnel) : null), ("login command", resource.LoginCommand),
        ("forced", resource.ForceLoginCommand ? "yes: certificates allow nothing else" : null), ("account", resource.Account),
    ];

    internal static string Services(ResourceResponse resource) =>
        string.Join(' ', (resource.Services ?? []).Select(service => $"{service.Name}={HostText.AddressText(new(service.Host, service.Port))}"));

    internal static string Hosts(ResourceResponse resource) => string.Join(' ', resource.Hosts.Select(HostText.Text));

    internal static string YesNo(bool value) => value ? "yes" : "no";

    internal static string? Seconds(int? seconds) => seconds is { } value ? $"{value} s" : null;
}
