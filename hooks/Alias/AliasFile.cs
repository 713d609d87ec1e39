using System.Buffers;
using System.Globalization;
using SshFunctions.Hooks.Config;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Alias;

/// <summary>What one alias means, as ssh reads it.</summary>
internal static class AliasFile
{
    private const int LongestAlias = 253;
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_");

    /// <summary>Whether an alias is safe as a file name, as a pattern of one host, and in a shell.</summary>
    internal static bool IsSafe(string alias) =>
        alias.Length <= LongestAlias && alias.StartsWith(ResourceNames.AliasPrefix, StringComparison.OrdinalIgnoreCase)
        && !alias.AsSpan().ContainsAnyExcept(Allowed);

    internal static string Render(string alias, Target target, Folders folders, string knownHosts)
    {
        string user = target.Login is { } login ? $"\n  User {login}" : "";
        string way = target.Way is { } through ? $"\n  {through.Render(folders)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"""
            # {target.FullName}, written by sshfn. Changes made here are lost.
            Host {alias}
              HostName {target.Address.Name}
              Port {target.Address.Port}{user}{way}
            {CertificateOptions.Render(folders, knownHosts)}

            """);
    }

    /// <summary>The host CA keys for the addresses of this resource alone; none for a host that has keys of its own.</summary>
    internal static string RenderKnownHosts(Target target, Uri broker, string hostKeys) => KnownHostsFile.Render(
        broker, hostKeys, [.. target.Resource.Hosts.Select(host => host.Name).Append(target.Address.Name).Distinct()
            .Where(name => !ManagedHosts.IsForeign(target.Resource) && (HostPattern.IsOneHost(name) || HostPattern.IsBelowDomain(name)))]);
}
