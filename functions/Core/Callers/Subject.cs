using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Callers;

/// <summary>A stable identity: of a person, a service or a host.</summary>
/// <remarks>
/// 1 to <see cref="MaximumLength"/> ASCII letters, digits and <c>. _ @ + - : / = |</c>, starting with a letter or digit: what an e-mail
/// address, a user name or a CI job's subject claim needs, and nothing that sshd's log, a KRL key id or a principals line could misread.
/// </remarks>
[JsonConverter(typeof(TextConverter<Subject>))]
public readonly record struct Subject : IParsable<Subject>
{
    /// <summary>Most characters. A key id holds the subject, and sshd cuts long log lines.</summary>
    public const int MaximumLength = 128;

    internal static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-:/=|");

    private readonly string? _text;

    private Subject(string text) => _text = text;

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default Subject names nobody");

    /// <summary>Parses a subject.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The subject.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static Subject Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out Subject subject) ? subject : throw new FormatException(Rule);

    /// <summary>Parses a subject.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The subject.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Subject result)
    {
        bool fits = s is { Length: > 0 and <= MaximumLength } && char.IsAsciiLetterOrDigit(s[0])
            && !s.AsSpan().ContainsAnyExcept(Alphabet);
        result = fits ? new Subject(s!) : default;
        return fits;
    }

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a subject is 1 to 128 letters, digits and . _ @ + - : / = |, starting with a letter or digit";

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
