using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core;

/// <summary>Text that people write for people: names, descriptions, reasons.</summary>
internal static class FreeText
{
    /// <summary>Checks a text; null when it may be kept.</summary>
    public static Refusal.Invalid? FaultOf(string? text, string field, int maximumLength, bool required)
    {
        if (string.IsNullOrWhiteSpace(text))
            return required ? new Refusal.Invalid(field, $"{field} is empty", $"give 1 to {maximumLength} characters") : null;
        if (text.Length > maximumLength)
            return new Refusal.Invalid(field, $"{field} is longer than {maximumLength} characters", "shorten it");
        if (PrivateKeyText.LooksPrivate(text))
            return new Refusal.Invalid(field, $"{field} holds a private key", "remove it, and replace that key: it is no secret any more");
        return text.Any(char.IsControl)
            ? new Refusal.Invalid(field, $"{field} holds a control character or a line break", "write it on one line")
            : null;
    }
}
