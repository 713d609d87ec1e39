using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Resources;
using HostAddress = SshFunctions.Core.Resources.HostAddress;

namespace SshFunctions.App.Http.Contract;

/// <summary>Projects, environments and resources as the API reads and writes them.</summary>
internal static class TreeContract
{
    private static readonly Dictionary<string, SshSwitch> Switches = new(StringComparer.Ordinal)
    {
        ["enabled"] = SshSwitch.Enabled,
        ["disabled"] = SshSwitch.Disabled,
    };

    private static readonly Dictionary<string, CertificateProfileName> Profiles = new(StringComparer.Ordinal)
    {
        ["sshd"] = CertificateProfileName.Sshd,
        ["plain-sshd"] = CertificateProfileName.PlainSshd,
    };

    /// <summary>The path of a route's values: one name, or two, or three.</summary>
    public static Result<ResourcePath> PathOf(params ReadOnlySpan<string> names)
    {
        ResourcePath path = ResourcePath.Root;
        foreach (string name in names)
        {
            if (!ResourcePath.IsName(name)) return new Refusal.Invalid("path", "a name in the path is not allowed", ResourcePath.NameRule);
            path = path.Child(name);
        }

        return path;
    }

    public static Result<Project> ToProject(ResourcePath path, ProjectRequest request, Project? present) =>
        SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            ? new Project(path, request.Description ?? present?.Description ?? "", state)
            : refusal;

    public static Result<ProjectEnvironment> ToEnvironment(ResourcePath path, EnvironmentRequest request, ProjectEnvironment? present) =>
        SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            ? new ProjectEnvironment(
                path, request.Description ?? present?.Description ?? "", state, request.Protected ?? present?.Protected ?? false)
            : refusal;

    public static Result<Resource> ToResource(ResourcePath path, ResourceRequest request, Resource? present)
    {
        if (!SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            || !Fields.Choose(request.Profile ?? WordOf(present?.Profile ?? CertificateProfileName.Sshd), "profile", Profiles).Try(out CertificateProfileName profile, out refusal)
            || !HostsOf(request.Hosts).Try(out ImmutableArray<HostAddress> hosts, out refusal)
            || !Fields.ParseAll<Login>(request.Logins, "logins", Login.Rule).Try(out ImmutableArray<Login> logins, out refusal))
            return refusal;
        if (logins.Length is 0 or > ResourceTree.MaximumLoginCount)
            return new Refusal.Invalid("logins", $"there are {logins.Length} logins", $"give 1 to {ResourceTree.MaximumLoginCount} unix accounts");
        refusal = Fields.FaultOfSeconds(
            request.MaximumLifetimeSeconds,
            "maximumLifetimeSeconds",
            CertificateLimits.MinimumLifetime,
            CertificateLimits.LongestMaximumLifetime);
        if (refusal is not null) return refusal;
        TimeSpan? life = request.MaximumLifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : present?.MaximumLifetime;
        return new Resource(path, hosts, logins, profile, request.Description ?? present?.Description ?? "", state, life);
    }

    public static ProjectResponse Of(Project project) => new(project.Path.Text, project.Description, WordOf(project.SshSwitch));

    public static EnvironmentResponse Of(ProjectEnvironment environment) =>
        new(environment.Path.Text, environment.Description, WordOf(environment.SshSwitch), environment.Protected);

    public static ResourceResponse Of(Resource resource) => new(
        resource.Path.Text,
        [.. resource.Hosts.Select(host => new Api.HostAddress(host.Name, host.Port))],
        [.. resource.Logins.Select(login => login.Text)],
        WordOf(resource.Profile),
        resource.Description,
        WordOf(resource.SshSwitch),
        resource.MaximumLifetime is { } life ? (int)life.TotalSeconds : null);

    /// <summary>What is left out stays as it is: a change of a description must not switch SSH on.</summary>
    private static Result<SshSwitch> SwitchOf(string? word, SshSwitch? present) =>
        Fields.Choose(word ?? WordOf(present ?? SshSwitch.Enabled), "sshSwitch", Switches);

    private static string WordOf(CertificateProfileName profile) => Profiles.Single(word => word.Value == profile).Key;

    private static string WordOf(SshSwitch state) => state == SshSwitch.Enabled ? "enabled" : "disabled";

    private static Result<ImmutableArray<HostAddress>> HostsOf(IReadOnlyList<Api.HostAddress> hosts)
    {
        if (hosts.Count is 0 or > ResourceTree.MaximumHostCount)
            return new Refusal.Invalid("hosts", $"there are {hosts.Count} hosts", $"give 1 to {ResourceTree.MaximumHostCount} names with ports");
        ImmutableArray<HostAddress>.Builder addresses = ImmutableArray.CreateBuilder<HostAddress>(hosts.Count);
        for (int i = 0; i < hosts.Count; i++)
        {
            if (!HostAddress.TryCreate(hosts[i].Name, hosts[i].Port, out HostAddress address))
            {
                bool port = hosts[i].Port is < 1 or > 65535;
                return new Refusal.Invalid(
                    $"hosts[{i}].{(port ? "port" : "name")}",
                    port ? "the port is out of bounds" : "the host name is not allowed",
                    port ? "give 1 to 65535" : HostAddress.NameRule);
            }

            if (addresses.Contains(address)) return new Refusal.Invalid($"hosts[{i}]", $"{address} is given twice", "give it once");
            addresses.Add(address);
        }

        return addresses.ToImmutable();
    }
}
