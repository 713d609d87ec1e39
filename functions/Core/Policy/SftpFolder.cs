using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Policy;

/// <summary>The one folder of a grant that gives file transfer and nothing else.</summary>
/// <remarks>
/// An absolute path, or one below the account's home, of 1 to <see cref="MaximumLength"/> characters. Names in it hold letters, digits and
/// <c>. _ -</c> and do not begin with a dot: the home itself, <c>.ssh</c> and other hidden folders hold files that a shell or sshd obeys.
/// The alphabet needs no quoting in any shell that a forced command may pass through.
/// </remarks>
[JsonConverter(typeof(TextConverter<SftpFolder>))]
public readonly record struct SftpFolder : IParsable<SftpFolder>
{
    /// <summary>Most characters.</summary>
    public const int MaximumLength = 255;

    /// <summary>The bounds, for people.</summary>
    public const string Rule =
        "a folder is an absolute path or one below the login's home, such as pub/media: letters, digits and . _ -, no name starting with '.' or '-'";

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string? _text;

    private SftpFolder(string text) => _text = text;

    /// <summary>The text; equality is ordinal.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default SftpFolder names no folder");

    /// <summary>Whether another folder is this one or lies below it.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True for the same folder too.</returns>
    public bool Covers(SftpFolder other) =>
        other.Text == Text || other.Text.StartsWith(Text + "/", StringComparison.Ordinal);

    /// <summary>Parses a folder.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static SftpFolder Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out SftpFolder folder) ? folder : throw new FormatException(Rule);

    /// <summary>Parses a folder.</summary>
    /// <param name="s">The text; a slash at its end is dropped.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The folder.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SftpFolder result)
    {
        result = default;
        if (s is not { Length: > 0 and <= MaximumLength }) return false;
        string path = s[^1] == '/' ? s[..^1] : s;
        string[] names = (path.StartsWith('/') ? path[1..] : path).Split('/');
        if (!names.All(IsName)) return false;
        result = new SftpFolder(path);
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";

    private static bool IsName(string name) =>
        name.Length > 0 && name[0] is not ('.' or '-') && !name.AsSpan().ContainsAnyExcept(Alphabet);
}
