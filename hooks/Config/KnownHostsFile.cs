using System.Text;

namespace SshFunctions.Hooks.Config;

/// <summary>The host CA keys, trusted for the managed hosts alone.</summary>
internal static class KnownHostsFile
{
    /// <summary>What the names of files end in that lie beside aliases.</summary>
    internal const string Extension = ".known_hosts";

    private const string Header = "# Managed by sshfn: host CA keys of the broker. Changes made here are lost.\n";
    private const string OwnerMark = "# of ";
    private const string VersionMark = "# version ";
    private const string ForeignMark = "# not of ";
    private const string Marker = "@cert-authority";
    private const string RevokedMarker = "@revoked";

    // Longer than two numbers of 64 bits.
    private const int LongestVersion = 64;

    /// <summary>The broker's lines with our hosts in place of its own: a broker can't claim a host that nobody gave it.</summary>
    internal static string Render(Uri broker, string brokerLines, IReadOnlyList<string> hosts, IReadOnlyList<string>? foreign = null)
    {
        // A name on another port than 22 is looked up as [name]:port. Source: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
        string names = string.Join(',', hosts.SelectMany(host => new[] { host, $"[{host}]:*" }));
        StringBuilder text = new(Header + OwnerLine(broker));
        if (VersionOf(brokerLines) is { } version)
            text.Append($"{VersionMark}{version}\n");
        if (foreign is { Count: > 0 })
            text.Append($"{ForeignMark}{string.Join(',', foreign)}\n");
        if (hosts.Count == 0)
            return text.ToString();
        // What takes trust away needs no names of ours, which would make the file as long as both lists multiplied; a host that is somebody else's it leaves alone.
        string revoked = string.Concat(["*", .. (foreign ?? []).Select(host => $",!{host},![{host}]:*")]);
        foreach (string line in brokerLines.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 4 && fields[0] is Marker or RevokedMarker && IsWord(fields[2]) && IsWord(fields[3]))
                text.Append($"{fields[0]} {(fields[0] is Marker ? names : revoked)} {fields[2]} {fields[3]}\n");
        }

        return text.ToString();
    }

    /// <summary>A file that was rendered before, with what the broker says now for the same hosts: host CA keys and revoked host keys come and go.</summary>
    internal static string Again(Uri broker, string rendered, string brokerLines)
    {
        // The hosts of another broker are none of this one's business.
        if (NamesOwner(rendered) && !IsOf(broker, rendered))
            return rendered;
        string[] foreign = Marked(rendered, ForeignMark)?.Split(',') ?? [];
        string? names = rendered.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(fields => fields is [Marker, ..])?.ElementAtOrDefault(1);
        if (names is null)
            return Render(broker, brokerLines, [], foreign);
        string again = Render(broker, brokerLines, [.. names.Split(',').Where(name => !name.StartsWith('['))], foreign);
        // Lines that name no key would take the names along, which stand nowhere else in the file.
        return NamesAuthority(again) ? again : rendered;
    }

    /// <summary>The line that says whose keys a file holds.</summary>
    internal static string OwnerLine(Uri broker) => $"{OwnerMark}{broker.AbsoluteUri}\n";

    /// <summary>Whether a file holds a broker's keys; false for one that says of nobody.</summary>
    internal static bool IsOf(Uri broker, string text) => Marked(text, OwnerMark) == broker.AbsoluteUri;

    /// <summary>Whether a file says whose keys it holds.</summary>
    internal static bool NamesOwner(string text) => Marked(text, OwnerMark) is not null;

    /// <summary>The version that the broker gave its lines; null when it gave none that is one word of bounded length.</summary>
    internal static string? VersionOf(string text) =>
        Marked(text, VersionMark) is { Length: > 0 and <= LongestVersion } version && IsWord(version) ? version : null;

    /// <summary>The same lines without their version.</summary>
    internal static string WithoutVersion(string lines) =>
        string.Join('\n', lines.Split('\n').Where(line => !line.StartsWith(VersionMark, StringComparison.Ordinal)));

    /// <summary>Whether a CA is among the lines.</summary>
    internal static bool NamesAuthority(string lines) => lines.StartsWith(Marker, StringComparison.Ordinal) || lines.Contains("\n" + Marker, StringComparison.Ordinal);

    private static string? Marked(string text, string mark)
    {
        int start = text.StartsWith(mark, StringComparison.Ordinal) ? 0 : text.IndexOf('\n' + mark, StringComparison.Ordinal) + 1;
        int end = text.IndexOf('\n', start);
        return end > 0 && text.AsSpan(start).StartsWith(mark) ? text[(start + mark.Length)..end] : null;
    }

    private static bool IsWord(string text) => !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
