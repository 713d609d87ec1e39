using System.Globalization;
using System.Text;

namespace SshFunctions.Hooks.Display;

/// <summary>Text from elsewhere, made safe for a terminal.</summary>
internal static class Printable
{
    // Longer than anything that is meant to be read, shorter than what floods a terminal.
    private const int LongestLine = 4096;

    /// <summary>One line of bounded length: control, format and separator characters gone, so that no server can move the cursor or forge a line.</summary>
    internal static string Line(string text)
    {
        bool isCut = text.Length > LongestLine;
        StringBuilder line = new();
        foreach (Rune rune in isCut ? text.AsSpan(0, LongestLine).EnumerateRunes() : text.AsSpan().EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
                line.Append(' ');
            else if (!IsUnsafe(Rune.GetUnicodeCategory(rune)))
                line.Append(rune.ToString());
        }

        return (isCut ? line.Append('…') : line).ToString();
    }

    /// <summary>One line as standard error has it: a sentence of the API in lower case and without its full stop.</summary>
    internal static string Remark(string text)
    {
        string line = Line(text).Trim().TrimEnd('.');
        bool isWord = line.Length > 1 && char.IsUpper(line[0]) && (char.IsLower(line[1]) || line[1] == ' ');
        return isWord ? char.ToLowerInvariant(line[0]) + line[1..] : line;
    }

    private static bool IsUnsafe(UnicodeCategory category) => category is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
