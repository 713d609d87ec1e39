using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>A unix account on a resource.</summary>
/// <remarks>
/// 1 to <see cref="MaximumLength"/> ASCII letters, digits and <c>. _ @ + -</c>, not starting with <c>-</c>, <c>+</c>, <c>@</c> or <c>.</c>.
/// A <c>@</c> is allowed for accounts named like an address; the principal <c>login@path</c> stays unambiguous because a path has none.
/// </remarks>
[JsonConverter(typeof(TextConverter<Login>))]
public readonly record struct Login : IParsable<Login>
{
    /// <summary>Most characters; Linux account tools stop at 32, name services go further.</summary>
    public const int MaximumLength = 64;

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a login is 1 to 64 letters, digits and . _ @ + -, starting with a letter, digit or _";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-");

    private readonly string? _text;

    private Login(string text) => _text = text;

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default Login names no account");

    /// <summary>Parses a login.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The login.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static Login Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Login login) ? login : throw new FormatException(Rule);

    /// <summary>Parses a login.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The login.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Login result)
    {
        bool fits = s is { Length: > 0 and <= MaximumLength } && (char.IsAsciiLetterOrDigit(s[0]) || s[0] == '_')
            && !s.AsSpan().ContainsAnyExcept(Alphabet);
        result = fits ? new Login(s!) : default;
        return fits;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
