using System.Buffers;
using System.Text;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host;

/// <summary>The systemd units of <c>infra/host</c>, with this program and these folders in them.</summary>
internal static class UnitText
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(" \t\"'\\;");

    /// <summary>The units.</summary>
    /// <param name="folders">The host's folders.</param>
    /// <param name="asTimer">A run a minute; else an agent that stays.</param>
    internal static string Of(HostFolders folders, bool asTimer) => string.Concat(
        (asTimer ? (string[])["sshfn-refresh.service", "sshfn-refresh.timer"] : ["sshfn-agent.service"])
            .Select(name => (asTimer ? $"# /etc/systemd/system/{name}\n" : "") + Read(name))
            .Select(text => text.Replace("@SSHFN@", $"{Quoted(Programs.Self)}", StringComparison.Ordinal)
                .Replace("@FOLDERS@", FoldersOf(folders), StringComparison.Ordinal)));

    private static string FoldersOf(HostFolders folders) =>
        folders == HostFolders.Default ? "" : $" {HostFolderOptions.Folder} {Quoted(folders.Folder)} {HostFolderOptions.RunFolder} {Quoted(folders.RunFolder)}";

    // Source: systemd.service(5), "COMMAND LINES": % and $ are doubled, a word with spaces stands in quotes.
    private static string Quoted(string word)
    {
        string text = word.Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return text.AsSpan().ContainsAny(NeedQuotes) ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Read(string name)
    {
        using Stream stream = typeof(UnitText).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
