using System.Collections.Immutable;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Resources;
using HostAddress = SshFunctions.Core.Resources.HostAddress;
using NamedService = SshFunctions.Core.Resources.NamedService;
using ReverseTunnel = SshFunctions.Core.Resources.ReverseTunnel;

namespace SshFunctions.App.Http.Contract;

/// <summary>Resources as the API reads and writes them.</summary>
internal static class ResourceContract
{
    private static readonly Dictionary<string, CertificateProfileName> Profiles = new(StringComparer.Ordinal)
    {
        ["sshd"] = CertificateProfileName.Sshd,
        ["plain-sshd"] = CertificateProfileName.PlainSshd,
        ["github"] = CertificateProfileName.GitHub,
        ["gitlab"] = CertificateProfileName.GitLab,
        ["gitea"] = CertificateProfileName.Gitea,
    };

    /// <summary>The resource as it shall be; what the request leaves out stays as it is.</summary>
    public static Result<Resource> ToResource(ResourcePath path, ResourceRequest request, Resource? present)
    {
        if (!TreeContract.SwitchOf(request.SshSwitch, present?.SshSwitch).Try(out SshSwitch state, out Refusal? refusal)
            || !Fields.Choose(request.Profile ?? WordOf(present?.Profile ?? CertificateProfileName.Sshd), "profile", Profiles)
                .Try(out CertificateProfileName profile, out refusal)
            || !HostsOf(request.Hosts).Try(out ImmutableArray<ResourceHost> hosts, out refusal)
            || !Fields.ParseAll<LoginRule>(request.Logins, "logins", LoginRule.Rule).Try(out ImmutableArray<LoginRule> logins, out refusal)
            || !ServicesOf(request.Services, present).Try(out ImmutableArray<NamedService> services, out refusal)
            || !AccountOf(request.Account, profile, present).Try(out AccountTemplate account, out refusal))
            return refusal;
        if (logins.Length is 0 or > ResourceTree.MaximumLoginCount)
            return new Refusal.Invalid("logins", $"there are {logins.Length} logins", $"give 1 to {ResourceTree.MaximumLoginCount} unix accounts");
        refusal = Fields.FaultOfSeconds(
            request.MaximumLifetimeSeconds, "maximumLifetimeSeconds", CertificateLimits.MinimumLifetime, CertificateLimits.LongestMaximumLifetime);
        if (refusal is not null) return refusal;
        if (profile == CertificateProfileName.GitHub && hosts[0].IsPattern)
            return new Refusal.Invalid("hosts[0]", "the certificate names the GitHub host, and that is a pattern", "give the host's own name first");
        TimeSpan? life = request.MaximumLifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : present?.MaximumLifetime;
        var resource = new Resource(path, hosts, logins, profile, request.Description ?? present?.Description ?? "", state, life)
        {
            Services = services,
            Account = account,
        };
        return WithWay(resource, request, present);
    }

    public static ResourceResponse Of(Resource resource) => new(
        resource.Path.Text,
        [.. resource.Hosts.Select(host => new Api.HostAddress(host.Name, host.Address.Port, host.Instance))],
        [.. resource.Logins.Select(rule => rule.ToString())],
        WordOf(resource.Profile),
        resource.Description,
        TreeContract.WordOf(resource.SshSwitch),
        resource.MaximumLifetime is { } life ? (int)life.TotalSeconds : null,
        [.. resource.Services.Select(service => new Api.NamedService(service.Name, service.Target.Name, service.Target.Port))],
        resource.Jump?.Text,
        resource.LoginCommand?.Text,
        resource.ForceLoginCommand,
        resource.Profile.IsGitHost() ? resource.Account.Text : null,
        resource.Tunnel is { } tunnel ? new Api.ReverseTunnel(tunnel.Bastion.Text, tunnel.Login.Text, tunnel.Port) : null,
        TreeContract.Of(resource.Switched));

    private static string WordOf(CertificateProfileName profile) => Profiles.Single(word => word.Value == profile).Key;

    /// <summary>How it is entered: through which other resource, with which command. An empty text takes it away.</summary>
    private static Result<Resource> WithWay(Resource resource, ResourceRequest request, Resource? present)
    {
        ResourcePath? jump = present?.Jump;
        if (request.Jump is { } through)
        {
            if (!Fields.Parse<ResourcePath>(through.Length == 0 ? "/" : through, "jump", ResourcePath.Rule).Try(out ResourcePath path, out Refusal? refusal))
                return refusal;
            if (through.Length > 0 && path.Depth != 3)
                return new Refusal.Invalid("jump", $"{path} is not a resource", "give a path of project, environment and resource");
            jump = through.Length == 0 ? null : path;
        }

        if (!TunnelOf(resource.Path, request.Tunnel, present).Try(out Way? way, out Refusal? fault)) return fault;
        if (request.Jump is { Length: > 0 } && request.Tunnel is null) way = new Way(null);
        else if (way.Tunnel is not null && request.Jump is null) jump = null;
        if (jump is not null && way.Tunnel is not null)
            return new Refusal.Invalid("tunnel", "connections go through a resource or through a tunnel", "leave one out: jump or tunnel");

        ForcedCommand? command = present?.LoginCommand;
        if (request.LoginCommand is { } line)
        {
            if (line.Length == 0) command = null;
            else if (Fields.Parse<ForcedCommand>(line, "loginCommand", ForcedCommand.Rule).Try(out ForcedCommand given, out Refusal? refusal)) command = given;
            else return refusal;
        }

        bool force = request.ForceLoginCommand ?? (present?.ForceLoginCommand == true && command is not null);
        return force && command is null
            ? new Refusal.Invalid("forceLoginCommand", "there is no command to force", "give loginCommand")
            : resource with { Jump = jump, Tunnel = way.Tunnel, LoginCommand = command, ForceLoginCommand = force };
    }

    /// <summary>What is left out stays; an empty bastion takes it away.</summary>
    private static Result<Way> TunnelOf(ResourcePath path, Api.ReverseTunnel? tunnel, Resource? present)
    {
        if (tunnel is null) return new Way(present?.Tunnel);
        if (tunnel.Bastion.Length == 0) return new Way(null);
        if (!Fields.Parse<ResourcePath>(tunnel.Bastion, "tunnel.bastion", ResourcePath.Rule).Try(out ResourcePath bastion, out Refusal? refusal)
            || !Fields.Parse<Login>(tunnel.Login, "tunnel.login", Login.Rule).Try(out Login login, out refusal))
            return refusal;
        if (bastion.Depth != 3 || bastion == path)
            return new Refusal.Invalid("tunnel.bastion", $"{bastion} is no other resource", "give a path of project, environment and resource");
        if (login.Text == "root")
            return new Refusal.Invalid("tunnel.login", "a tunnel is never root's", "give an account that owns nothing");
        return tunnel.Port is >= ReverseTunnel.LowestPort and <= 65535
            ? new Way(new ReverseTunnel(bastion, login, tunnel.Port))
            : new Refusal.Invalid("tunnel.port", "the port is out of bounds", $"give {ReverseTunnel.LowestPort} to 65535");
    }

    private sealed record Way(ReverseTunnel? Tunnel);

    private static Result<AccountTemplate> AccountOf(string? text, CertificateProfileName profile, Resource? present)
    {
        if (string.IsNullOrEmpty(text)) return text is null && present is not null ? present.Account : AccountTemplate.OwnName;
        return profile.IsGitHost()
            ? Fields.Parse<AccountTemplate>(text, "account", AccountTemplate.Rule)
            : new Refusal.Invalid("account", $"a resource of profile {WordOf(profile)} has no accounts", "leave it out, or choose profile github, gitlab or gitea");
    }

    private static Result<ImmutableArray<NamedService>> ServicesOf(IReadOnlyList<Api.NamedService>? services, Resource? present)
    {
        if (services is null) return present?.Services ?? [];
        if (services.Count > NamedService.MaximumCount)
            return new Refusal.Invalid("services", $"there are {services.Count} services", $"give at most {NamedService.MaximumCount}");
        var named = new Dictionary<string, NamedService>(StringComparer.Ordinal);
        for (int i = 0; i < services.Count; i++)
        {
            if (!NamedService.IsName(services[i].Name))
                return new Refusal.Invalid($"services[{i}].name", "the name is not allowed", NamedService.NameRule);
            if (!AddressOf(services[i].Host, services[i].Port, $"services[{i}]", "host").Try(out HostAddress target, out Refusal? refusal)) return refusal;
            if (!named.TryAdd(services[i].Name, new NamedService(services[i].Name, target)))
                return new Refusal.Invalid($"services[{i}].name", $"{services[i].Name} is given twice", "give it once");
        }

        return named.Values.ToImmutableArray();
    }

    private static Result<ImmutableArray<ResourceHost>> HostsOf(IReadOnlyList<Api.HostAddress> hosts)
    {
        if (hosts.Count is 0 or > ResourceTree.MaximumHostCount)
            return new Refusal.Invalid("hosts", $"there are {hosts.Count} hosts", $"give 1 to {ResourceTree.MaximumHostCount} names with ports");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ImmutableArray<ResourceHost>.Builder all = ImmutableArray.CreateBuilder<ResourceHost>(hosts.Count);
        for (int i = 0; i < hosts.Count; i++)
        {
            if (hosts[i].Instance is < 0 or > ResourceHost.MaximumInstance)
                return new Refusal.Invalid($"hosts[{i}].instance", "the instance is out of bounds", $"give 0 to {ResourceHost.MaximumInstance}");
            if (!ResourceHost.TryCreate(hosts[i].Name, hosts[i].Port, hosts[i].Instance, out ResourceHost host))
                return FaultOf(hosts[i].Port, $"hosts[{i}]", "name", ResourceHost.NameRule);
            if (!seen.Add(host.ToString())) return new Refusal.Invalid($"hosts[{i}]", $"{host} is given twice", "give it once");
            all.Add(host);
        }

        return all.ToImmutable();
    }

    private static Result<HostAddress> AddressOf(string name, int port, string field, string member) =>
        HostAddress.TryCreate(name, port, out HostAddress address) ? address : FaultOf(port, field, member, HostAddress.NameRule);

    private static Refusal.Invalid FaultOf(int port, string field, string member, string rule) => port is < 1 or > 65535
        ? new Refusal.Invalid($"{field}.port", "the port is out of bounds", "give 1 to 65535")
        : new Refusal.Invalid($"{field}.{member}", "the host name is not allowed", rule);
}
