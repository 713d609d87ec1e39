using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The options that let ssh offer the managed certificate, whichever the destination turns out to be.</summary>
internal static class CertificateOptions
{
    // The host CA goes beside the system's known hosts, because people set UserKnownHostsFile for themselves and ssh takes the first
    // value it finds.
    internal static string Render(Folders folders, string knownHosts)
    {
        string current = folders.Destinations + "/%r@%h:%p/current";
        return $"""
              IdentityFile {WithTokens(folders.Destinations, current + "/key")}
              CertificateFile {WithTokens(folders.Destinations, current + "/key-cert.pub")}
              IdentitiesOnly yes
              GlobalKnownHostsFile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2 {QuotedPath.ForSsh(knownHosts)}
            """;
    }

    private static string WithTokens(string folder, string path) => QuotedPath.ForSsh(folder).Length > 0 ? $"\"{path}\"" : path;
}
