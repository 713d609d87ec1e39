using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Callers;

/// <summary>A group of subjects, as the identity's source names it; the same alphabet as <see cref="Subject"/>.</summary>
[JsonConverter(typeof(TextConverter<GroupName>))]
public readonly record struct GroupName : IParsable<GroupName>
{
    private readonly string? _text;

    private GroupName(string text) => _text = text;

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default GroupName names no group");

    /// <summary>Parses a group name.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The name.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static GroupName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out GroupName name) ? name : throw new FormatException(Rule);

    /// <summary>Parses a group name.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The name.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GroupName result)
    {
        bool fits = Subject.TryParse(s, provider, out _);
        result = fits ? new GroupName(s!) : default;
        return fits;
    }

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a group is 1 to 128 letters, digits and . _ @ + - : / = |, starting with a letter or digit";

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
