using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Identifies a grant; chosen by who puts it, so that putting it again changes it. The alphabet of one name of a path.</summary>
[JsonConverter(typeof(TextConverter<GrantId>))]
public readonly record struct GrantId : IParsable<GrantId>
{
    private readonly string? _text;

    private GrantId(string text) => _text = text;

    /// <summary>The text.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default GrantId names no grant");

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static GrantId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out GrantId id) ? id : throw new FormatException(ResourcePath.NameRule);

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The identifier.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GrantId result)
    {
        bool fits = ResourcePath.IsName(s);
        result = fits ? new GrantId(s!) : default;
        return fits;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
