using SshFunctions.Api;
using SshFunctions.Hooks.Hook;

namespace SshFunctions.Hooks.Alias;

/// <summary>From a named resource to the address, login and way through that ssh needs.</summary>
internal sealed class TargetFinder(Catalog catalog, BlockedPorts blocked)
{
    private const string UserPlaceholder = "{user}";
    private const string AnyLogin = "login";

    // Every hop is a process of its own.
    private const int MostJumps = 5;

    internal Target Find(NamedResource named)
    {
        ResourceResponse resource = named.Resource;
        HostAddress[] addresses = [.. Addresses(resource, named).Where(address => HookDestination.TryParse(address.Name, Port(address), AnyLogin, out _))];
        if (addresses.Length == 0)
            throw NoAddress(named);
        HostAddress chosen = addresses.FirstOrDefault(address => !blocked.Contains(address)) ?? addresses[0];
        return new(resource, named.Instance, chosen, LoginOf(resource), WayOf(resource));
    }

    /// <summary>The addresses of an instance, or of the resource as a whole; the preferred one first.</summary>
    internal static IEnumerable<HostAddress> Addresses(ResourceResponse resource, NamedResource named)
    {
        if (named.Host is { } host)
            return resource.Hosts.Where(address => ResourceNames.Covers(address, host)).Select(address => address with { Name = host });
        HostAddress[] single = [.. resource.Hosts.Where(address => !address.Name.Contains('*'))];
        if (named.Instance is { } instance)
            return single.Where(address => address.Instance == instance);
        HostAddress[] whole = [.. single.Where(address => address.Instance is null)];
        // Without an address of its own the resource is its first instance.
        return whole.Length > 0 ? whole : single.Where(address => address.Instance == single[0].Instance);
    }

    private static string Port(HostAddress address) => address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static CommandFailedException NoAddress(NamedResource named)
    {
        int[] instances = [.. named.Resource.Hosts.Select(address => address.Instance).OfType<int>().Distinct().Order()];
        return named.Instance is null
            ? new(ExitCode.Failed, $"{named.Resource.Path} has no single host name", "reach it by the host name itself: ssh LOGIN@HOST")
            : new(
                ExitCode.NotFound,
                $"{named.Resource.Path} has no instance {named.Instance}",
                instances.Length == 0 ? "it has no instances: leave it out" : $"it has {string.Join(", ", instances)}");
    }

    private string? LoginOf(ResourceResponse resource) => resource.Logins
        .Select(login => catalog.UserName is { } name ? login.Replace(UserPlaceholder, name, StringComparison.Ordinal) : login)
        .FirstOrDefault(login => HookDestination.TryParse("host", "22", login, out _));

    private Way? WayOf(ResourceResponse resource)
    {
        HashSet<string> seen = [resource.Path];
        ResourceResponse at = resource;
        while (Way.ThroughOf(at) is { } path)
        {
            if (!seen.Add(path) || seen.Count > MostJumps)
            {
                throw new CommandFailedException(
                    ExitCode.Failed, $"the way to {resource.Path} goes in a circle at {path}", "a manager can set it right: sshfn resource put PATH --jump PATH");
            }

            at = catalog.Resources.FirstOrDefault(other => other.Path == path)
                ?? throw new CommandFailedException(
                    ExitCode.Failed, $"{resource.Path} is reached through {path}, which you may not see", $"ask for a grant on {path}");
        }

        return Way.Of(resource);
    }
}
