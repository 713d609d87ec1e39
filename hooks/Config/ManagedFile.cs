using System.Text;
using SshFunctions.Hooks.Alias;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Config;

/// <summary>The ssh configuration that sshfn owns, and what it remembers in its comments.</summary>
/// <param name="Patterns">What the user gave with <c>--host</c>; remembered.</param>
/// <param name="CreatedConfig">The user's configuration, when there was none before.</param>
internal sealed record ManagedFile(IReadOnlyList<string> Patterns, string? CreatedConfig)
{
    private const string PatternComment = "# sshfn host pattern: ";
    private const string CreatedComment = "# sshfn created: ";

    /// <summary>Patterns of the operator, under which resources lie now and later.</summary>
    internal IReadOnlyList<string> BrokerPatterns { get; init; } = [];

    /// <summary>Hosts one by one, those outside every pattern.</summary>
    internal IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Hosts, and patterns of resources, for which the host CA is not trusted.</summary>
    internal IReadOnlyList<string> Foreign { get; init; } = [];

    /// <summary>What the host CA is trusted for.</summary>
    internal IReadOnlyList<string> Trusted => [.. AllPatterns.Concat(Hosts).Except(Foreign)];

    /// <summary>Hosts that are reached through another resource, and how.</summary>
    internal IReadOnlyList<(string Host, Way Way)> Ways { get; init; } = [];

    /// <summary>What holds for hosts that need not be resources.</summary>
    internal IEnumerable<string> AllPatterns => Patterns.Where(pattern => !HostPattern.IsOneHost(pattern)).Concat(BrokerPatterns).Distinct();

    /// <summary>Takes the remembered patterns and the created file out of an older version.</summary>
    internal static ManagedFile Recall(string? text)
    {
        string[] lines = text?.Split('\n', StringSplitOptions.TrimEntries) ?? [];
        return new(
            [.. lines.Where(line => line.StartsWith(PatternComment, StringComparison.Ordinal)).Select(line => line[PatternComment.Length..]).Where(HostPattern.IsSafe)],
            lines.FirstOrDefault(line => line.StartsWith(CreatedComment, StringComparison.Ordinal))?[CreatedComment.Length..]);
    }

    /// <remarks>
    /// <c>final</c>: only then are HostName, Port and User known when the user's own file sets them further down, and exec runs once
    /// and not in both passes. The options of listed hosts stand under a plain Match: they hold in the first pass for a host typed by
    /// its full name, so that a later "Host *" can't take the place of the first identity. Those of patterns hold only where the hook
    /// said so: another host below the pattern keeps its user's own keys.
    /// </remarks>
    internal string Render(Folders folders, string program)
    {
        StringBuilder text = new("# Managed by sshfn: `sshfn config-ssh` writes this file, `sshfn config-ssh --remove` takes it away. Changes made here are lost.\n");
        foreach (string pattern in Patterns)
            text.Append(PatternComment).Append(pattern).Append('\n');
        if (CreatedConfig is not null)
            text.Append(CreatedComment).Append(CreatedConfig).Append('\n');
        return text.Append(RenderBlock(folders, program)).ToString();
    }

    /// <summary>The lines alone, without what is remembered.</summary>
    internal string RenderBlock(Folders folders, string program, bool withAliases = true)
    {
        StringBuilder text = new();
        string options = CertificateOptions.Render(folders, folders.KnownHosts);
        if (withAliases)
            text.Append(AliasBlock.Render(folders, program, Hosts)).Append('\n');
        if (Hosts.Count > 0)
            text.Append($"Match final host \"{string.Join(',', Hosts)}\" exec \"{HookCommand.Render(folders, program, "cert", "'%h' '%p' '%r'")}\"\n");
        if (AllPatterns.Any())
        {
            string others = $"!originalhost \"{AliasBlock.Names}\"{(Hosts.Count > 0 ? $" !host \"{string.Join(',', Hosts)}\"" : "")}";
            text.Append($"Match final host \"{string.Join(',', AllPatterns)}\" {others} exec \"{HookCommand.Render(folders, program, "cert --step-aside", "'%h' '%p' '%r'")}\"\n{options}\n");
        }

        foreach ((string host, Way way) in Ways)
            text.Append($"Match host \"{host}\"\n  {way.Render(folders)}\n");
        if (Hosts.Count > 0)
            text.Append($"Match host \"{string.Join(',', Hosts)}\"\n{options}\n");
        return text.ToString();
    }
}
