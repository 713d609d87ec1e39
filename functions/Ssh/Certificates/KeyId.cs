using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Ssh.Certificates;

/// <summary>The text by which a certificate is named in the logs of servers.</summary>
/// <remarks>Not empty, no control character, so that it can't forge a line of a log.</remarks>
public readonly record struct KeyId
{
    /// <summary>Longest key id that is written, in characters; it must stay readable in a line of a log.</summary>
    public const int MaximumCharacters = 200;

    private readonly string? _value;

    private KeyId(string value) => _value = value;

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">It is the default value, which is no key id.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This key id was never set.");

    /// <summary>Takes a text that must be a key id.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key id.</returns>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static KeyId Parse(string text) =>
        TryParse(text, out KeyId keyId, out string? reason) ? keyId : throw new FormatException(reason);

    /// <summary>Takes a text if it can be a key id.</summary>
    /// <param name="text">The text.</param>
    /// <param name="keyId">The key id.</param>
    /// <param name="reason">Why it is none: a sentence that does not repeat the text.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out KeyId keyId, [NotNullWhen(false)] out string? reason)
    {
        reason = FindFault(text);
        keyId = reason is null ? new KeyId(text!) : default;
        return reason is null;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;

    internal static string? FindFault(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "A key id must not be empty.";
        if (text.Length > MaximumCharacters)
            return $"A key id has at most {MaximumCharacters} characters; this one has {text.Length}.";
        foreach (char character in text)
        {
            if (char.IsControl(character) || character is '\u2028' or '\u2029')
                return "A key id must not contain a line break or another control character.";
        }

        return Utf16.IsWellFormed(text) ? null : "A key id must not contain half of a surrogate pair.";
    }
}
