using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Resources;

/// <summary>The account on a git host that a certificate speaks for, made from the caller's identity and never from what it asks.</summary>
/// <remarks>Letters, digits and <c>. _ @ -</c> around at most one <c>{user}</c>, as in <c>{user}_corp</c>; without it, one account for all.</remarks>
[JsonConverter(typeof(TextConverter<AccountTemplate>))]
public readonly record struct AccountTemplate : IParsable<AccountTemplate>
{
    /// <summary>Most characters of template and account.</summary>
    public const int MaximumLength = 128;

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "an account is 1 to 128 letters, digits and . _ @ - with at most one {user} among them, as in {user}_corp";

    // No comma, space or control character: a principals list, a key id and an option's value hold it.
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@-");

    private readonly string? _text;

    private AccountTemplate(string text) => _text = text;

    /// <summary>The caller's own user name.</summary>
    public static AccountTemplate OwnName { get; } = new(LoginRule.OwnName);

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? LoginRule.OwnName;

    /// <summary>The account of a caller.</summary>
    /// <param name="caller">Whose.</param>
    /// <returns>The account; null when it needs a user name and the caller has none, or would be out of bounds.</returns>
    public string? AccountOf(Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!Text.Contains(LoginRule.OwnName, StringComparison.Ordinal)) return Text;
        if (LoginRule.Parse(LoginRule.OwnName).LoginOf(caller) is not { } name) return null;
        string account = Text.Replace(LoginRule.OwnName, name.Text, StringComparison.Ordinal);
        return IsAccount(account) ? account : null;
    }

    /// <summary>Parses a template.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The template.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static AccountTemplate Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out AccountTemplate template) ? template : throw new FormatException(Rule);

    /// <summary>Parses a template.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The template.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountTemplate result)
    {
        result = default;
        if (s is not { Length: > 0 and <= MaximumLength }) return false;
        int at = s.IndexOf(LoginRule.OwnName, StringComparison.Ordinal);
        string around = at < 0 ? s : s.Remove(at, LoginRule.OwnName.Length);
        if (at < 0 ? !IsAccount(s) : around.AsSpan().ContainsAnyExcept(Alphabet)) return false;
        result = new AccountTemplate(s);
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;

    private static bool IsAccount(string text) =>
        text.Length is > 0 and <= MaximumLength && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(Alphabet);
}
