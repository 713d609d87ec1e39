using System.Diagnostics.CodeAnalysis;

namespace SshFunctions.Ssh.Certificates;

/// <summary>A name a certificate is valid for: a login, a role or a host name.</summary>
/// <remarks>Not empty, no comma (ssh-keygen and principals lists split there), no white space, no control character.</remarks>
public readonly record struct Principal
{
    /// <summary>Longest principal, in characters: the longest DNS name has 253, the longest unix login 32.</summary>
    public const int MaximumCharacters = 255;

    private readonly string? _value;

    private Principal(string value) => _value = value;

    /// <summary>The name.</summary>
    /// <exception cref="InvalidOperationException">It is the default value, which is no principal.</exception>
    public string Value => _value ?? throw new InvalidOperationException("This principal was never set.");

    /// <summary>Takes a name that must be a principal.</summary>
    /// <param name="text">The name.</param>
    /// <returns>The principal.</returns>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static Principal Parse(string text) =>
        TryParse(text, out Principal principal, out string? reason) ? principal : throw new FormatException(reason);

    /// <summary>Takes a name if it can be a principal.</summary>
    /// <param name="text">The name.</param>
    /// <param name="principal">The principal.</param>
    /// <param name="reason">Why it is none: a sentence that does not repeat the name.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out Principal principal, [NotNullWhen(false)] out string? reason)
    {
        reason = FindFault(text);
        principal = reason is null ? new Principal(text!) : default;
        return reason is null;
    }

    /// <summary>The name.</summary>
    /// <returns>The name; empty for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;

    internal static string? FindFault(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "A principal must not be empty.";
        if (text.Length > MaximumCharacters)
            return $"A principal has at most {MaximumCharacters} characters; this one has {text.Length}.";
        foreach (char character in text)
        {
            if (character == ',')
                return "A principal must not contain a comma.";
            if (char.IsWhiteSpace(character))
                return "A principal must not contain white space.";
            if (char.IsControl(character))
                return "A principal must not contain a control character.";
        }

        return Utf16.IsWellFormed(text) ? null : "A principal must not contain half of a surrogate pair.";
    }
}
