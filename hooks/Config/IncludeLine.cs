using System.Text;

namespace SshFunctions.Hooks.Config;

/// <summary>The one line in the user's own ssh configuration. Texts are bytes as Latin-1: everything else is kept to the byte.</summary>
internal static class IncludeLine
{
    internal static string For(string managedPath) =>
        Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"Include {QuotedPath.ForSsh(managedPath)}"));

    /// <summary>Whether it stands above the first Host or Match, where it holds for every host.</summary>
    internal static bool IsAtTop(string text, string line)
    {
        foreach (string current in text.Split('\n'))
        {
            if (IsSame(current, line))
                return true;
            string keyword = current.TrimStart().Split([' ', '\t', '=', '"'], 2)[0];
            if (keyword.Equals("Host", StringComparison.OrdinalIgnoreCase) || keyword.Equals("Match", StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return false;
    }

    internal static bool IsPresent(string text, string line) => text.Split('\n').Any(current => IsSame(current, line));

    internal static string Insert(string text, string line) => IsAtTop(text, line) ? text : line + "\n" + Remove(text, line);

    internal static string Remove(string text, string line)
    {
        string[] lines = text.Split('\n');
        return string.Join('\n', lines.Where(current => !IsSame(current, line)));
    }

    private static bool IsSame(string current, string line) => current.Trim().Equals(line, StringComparison.Ordinal);
}
