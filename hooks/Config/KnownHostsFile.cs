using System.Text;

namespace SshFunctions.Hooks.Config;

/// <summary>The host CA keys, trusted for the managed hosts alone.</summary>
internal static class KnownHostsFile
{
    /// <summary>What the names of files end in that lie beside aliases.</summary>
    internal const string Extension = ".known_hosts";

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

    /// <summary>A file that was rendered before, with what the broker says now for the same hosts: host CA keys and revoked host keys come and go.</summary>
    internal static string Again(string rendered, string brokerLines)
    {
        string? names = rendered.Split('\n').Select(line => line.Split(' '))
            .FirstOrDefault(fields => fields is [Marker or RevokedMarker, ..])?.ElementAtOrDefault(1);
        if (names is null)
            return rendered;
        string again = Render(brokerLines, [.. names.Split(',').Where(name => !name.StartsWith('['))]);
        // Lines that name no key would take the names along, which stand nowhere else in the file.
        return NamesAuthority(again) ? again : rendered;
    }

    /// <summary>Whether a CA is among the lines.</summary>
    internal static bool NamesAuthority(string lines) => lines.StartsWith(Marker, StringComparison.Ordinal) || lines.Contains("\n" + Marker, StringComparison.Ordinal);

    private static bool IsWord(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
