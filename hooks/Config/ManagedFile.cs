using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The ssh configuration that sshfn owns, and what it remembers in its comments.</summary>
internal sealed record ManagedFile(IReadOnlyList<string> Hosts, IReadOnlyList<string> Patterns, string? CreatedConfig)
{
    private const string PatternComment = "# sshfn host pattern: ";
    private const string CreatedComment = "# sshfn created: ";

    internal static ManagedFile Empty { get; } = new([], [], null);

    /// <summary>Takes the remembered patterns and the created file out of an older version.</summary>
    internal static ManagedFile Recall(string? text)
    {
        string[] lines = text?.Split('\n') ?? [];
        return new(
            [],
            [.. lines.Where(line => line.StartsWith(PatternComment, StringComparison.Ordinal)).Select(line => line[PatternComment.Length..]).Where(HostPattern.IsSafe)],
            lines.FirstOrDefault(line => line.StartsWith(CreatedComment, StringComparison.Ordinal))?[CreatedComment.Length..]);
    }

    /// <remarks>
    /// <c>final</c>: only then are HostName, Port and User known when the user's own file sets them further down, and exec runs once
    /// and not in both passes. The options stand under a plain Match: they hold in the first pass for a host typed by its full name,
    /// so that a later "Host *" can't take the place of the first identity. The host CA goes beside the system's known hosts, because
    /// people set UserKnownHostsFile for themselves and ssh takes the first value it finds.
    /// </remarks>
    internal string Render(Folders folders, string program)
    {
        StringBuilder text = new("# Managed by sshfn: `sshfn config-ssh` writes this file, `sshfn config-ssh --remove` takes it away. Changes made here are lost.\n");
        foreach (string pattern in Patterns)
            text.Append(PatternComment).Append(pattern).Append('\n');
        if (CreatedConfig is not null)
            text.Append(CreatedComment).Append(CreatedConfig).Append('\n');
        string hosts = string.Join(',', Hosts);
        string current = folders.Destinations + "/%r@%h:%p/current";
        return text.Append($"""
            Match final host "{hosts}" exec "{HookCommand(folders, program)}"
            Match host "{hosts}"
              IdentityFile {WithTokens(folders.Destinations, current + "/key")}
              CertificateFile {WithTokens(folders.Destinations, current + "/key-cert.pub")}
              IdentitiesOnly yes
              GlobalKnownHostsFile /etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2 {QuotedPath.ForSsh(folders.KnownHosts)}

            """).ToString();
    }

    // ssh puts the tokens in as they are, and 9.2 lets $ and spaces into a user name: unquoted, the shell would expand them.
    // An editor started from a menu has another environment than a shell: folders that came from the environment are written down.
    private static string HookCommand(Folders folders, string program)
    {
        string where = folders.AreDefault ? "" : $"--config {QuotedPath.ForShell(folders.Config)} --state {QuotedPath.ForShell(folders.State)} ";
        return $"exec {QuotedPath.ForShell(program)} cert {where}'%h' '%p' '%r'";
    }

    private static string WithTokens(string folder, string path) => QuotedPath.ForSsh(folder).Length > 0 ? $"\"{path}\"" : path;
}
