using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Doctor;

/// <summary>Whether the user's own configuration leaves the managed certificate its place, asked of ssh itself for one managed host.</summary>
internal static class OverrideChecks
{
    internal static IReadOnlyList<Finding> Run(Folders folders, string userConfig)
    {
        string? host = Stored(folders)?.Resources.SelectMany(resource => resource.Hosts).Select(address => address.Name).FirstOrDefault(HostPattern.IsOneHost);
        if (host is null || !Files.Exists(userConfig) || !Files.Exists(folders.SshConfig) || Programs.Run("ssh", "-F", userConfig, "-G", host) is not { ExitCode: 0 } result)
            return [];
        string[] options = result.Output.Split('\n');
        List<Finding> findings = [];
        if (!Has(options, "pubkeyauthentication", value => value is "yes" or "true"))
            findings.Add(Finding.Fail($"{userConfig} switches PubkeyAuthentication off for {host}", "take that line out: certificates are public keys"));
        if (!Has(options, "preferredauthentications", value => value.Contains("publickey", StringComparison.Ordinal), whenAbsent: true))
            findings.Add(Finding.Fail($"{userConfig} leaves publickey out of PreferredAuthentications for {host}", "add it, or take that line out"));
        if (Has(options, "certificatefile", value => value.Contains(folders.Destinations, StringComparison.Ordinal)))
        {
            if (!Has(options, "identitiesonly", value => value == "yes"))
                findings.Add(Finding.Warn($"{userConfig} sets IdentitiesOnly no: keys of the agent are offered too, and servers give up after 6", "take that line out for managed hosts"));
            if (!Has(options, "globalknownhostsfile", value => value.Contains(folders.KnownHosts, StringComparison.Ordinal)))
                findings.Add(Finding.Warn($"{userConfig} sets GlobalKnownHostsFile: the host CA is not trusted for {host}", $"add {folders.KnownHosts} to that line"));
        }

        return findings.Count > 0 ? findings : [Finding.Ok($"{userConfig} lets the certificate have its place")];
    }

    private static Catalog? Stored(Folders folders)
    {
        try
        {
            return new CatalogStore(folders).Read();
        }
        catch (CommandFailedException)
        {
            // The file checks say it.
            return null;
        }
    }

    private static bool Has(IEnumerable<string> options, string name, Func<string, bool> fits, bool whenAbsent = false)
    {
        string[] values = [.. options.Where(option => option.StartsWith(name + " ", StringComparison.Ordinal)).Select(option => option[(name.Length + 1)..])];
        return values.Length == 0 ? whenAbsent : values.Any(fits);
    }
}
