using System.IO.Enumeration;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>sshd's own configuration, of which one line at most is ours; pure. Texts are bytes as Latin-1.</summary>
internal static class MainConfig
{
    /// <summary>The text that reads the drop-in: as it is, or with one more line at its top.</summary>
    /// <remarks>Only our own file is named: other files of the folder lie there unread, and it is not on us to wake them.</remarks>
    internal static string Including(string text, string dropIn) =>
        Includes(text, dropIn) ? text : $"Include {dropIn}\n{text}";

    /// <summary>The text with a copy of the drop-in's folder in that one's place, to try it out.</summary>
    internal static string Redirected(string text, string folder, string copy)
    {
        string[] lines = text.Split('\n');
        foreach (ConfigLine include in ConfigLines.Parse("", text).Where(line => line.Is("Include")))
            lines[include.Number - 1] = $"Include {string.Join(' ', ConfigLines.Patterns(include).Select(Moved))}";
        return string.Join('\n', lines);

        string Moved(string pattern) => Path.GetDirectoryName(pattern) == folder ? $"{copy}/{Path.GetFileName(pattern)}" : pattern;
    }

    private static bool Includes(string text, string dropIn) => ConfigLines.Parse("", text)
        .Where(line => line.Is("Include") && line.Match is null)
        .SelectMany(ConfigLines.Patterns)
        .Any(pattern => Path.GetDirectoryName(pattern) == Path.GetDirectoryName(dropIn)
            && FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), Path.GetFileName(dropIn), ignoreCase: false));
}
