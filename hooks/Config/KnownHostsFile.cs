using System.Text;

namespace SshFunctions.Hooks.Config;

/// <summary>The host CA keys, trusted for the managed hosts alone.</summary>
internal static class KnownHostsFile
{
    private const string Marker = "@cert-authority";
    private const string RevokedMarker = "@revoked";

    /// <summary>The broker's lines with our hosts in place of its own: a broker can't claim a host that nobody gave it.</summary>
    internal static string Render(string brokerLines, IReadOnlyList<string> hosts)
    {
        // A name on another port than 22 is looked up as [name]:port. Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
        string names = string.Join(',', hosts.SelectMany(host => new[] { host, $"[{host}]:*" }));
        StringBuilder text = new("# Managed by sshfn: host CA keys of the broker. Changes made here are lost.\n");
        if (hosts.Count == 0)
            return text.ToString();
        foreach (string line in brokerLines.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 4 && fields[0] is Marker or RevokedMarker && IsWord(fields[2]) && IsWord(fields[3]))
                text.Append($"{fields[0]} {names} {fields[2]} {fields[3]}\n");
        }

        return text.ToString();
    }

    /// <summary>A file that was rendered before, with what the broker says now for the same hosts: revoked host keys come and go.</summary>
    internal static string Again(string rendered, string brokerLines)
    {
        string? names = rendered.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(fields => fields is [Marker, ..])?.ElementAtOrDefault(1);
        return names is null ? rendered : Render(brokerLines, [.. names.Split(',').Where(name => !name.StartsWith('['))]);
    }

    private static bool IsWord(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
