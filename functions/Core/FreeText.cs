using System.Globalization;
using System.Text;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core;

/// <summary>Text that people write for people: names, descriptions, reasons.</summary>
internal static class FreeText
{
    /// <summary>Checks a text; null when it may be kept.</summary>
    public static Refusal.Invalid? FaultOf(string? text, string field, int maximumLength, bool required)
    {
        if (required && string.IsNullOrWhiteSpace(text)) return new Refusal.Invalid(field, $"{field} is empty", $"give 1 to {maximumLength} characters");
        if (string.IsNullOrEmpty(text)) return null;
        // Before its length: whoever is told to shorten a private key does not learn that it got out.
        if (PrivateKeyText.LooksPrivate(text))
            return new Refusal.Invalid(field, $"{field} holds a private key", "remove it, and replace that key: it is no secret any more");
        if (text.Length > maximumLength)
            return new Refusal.Invalid(field, $"{field} is longer than {maximumLength} characters", "shorten it");
        return text.EnumerateRunes().All(IsShown)
            ? null
            : new Refusal.Invalid(
                field,
                $"{field} holds a line break, or a character that is not seen, or one that turns the text around it",
                "write it on one line, without characters of control, format or private use");
    }

    /// <summary>Whether a character is seen as itself; a line break is not, nor what hides or turns the text around it.</summary>
    /// <remarks>
    /// Bidirectional overrides show a reader another order than the one that is kept, zero-width characters make two names look like one.
    /// Joiners of some scripts and emoji go with them: no general category tells those from the harmful. Source: Unicode TR 36, section 2.5; TR 44, table 12.
    /// </remarks>
    public static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
}
