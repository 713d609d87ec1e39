using System.Globalization;
using System.Text;

namespace SshFunctions.Hooks.Display;

/// <summary>Text from elsewhere, made safe for a terminal.</summary>
internal static class Printable
{
    /// <summary>One line: control, format and separator characters gone, so that no server can move the cursor or forge a line.</summary>
    internal static string Line(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
                line.Append(' ');
            else if (!IsUnsafe(Rune.GetUnicodeCategory(rune)))
                line.Append(rune.ToString());
        }

        return line.ToString();
    }

    private static bool IsUnsafe(UnicodeCategory category) => category is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
