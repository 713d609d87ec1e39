using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>A place in the tree of targets: the root, a project, an environment or a resource.</summary>
/// <remarks>
/// Written <c>/</c>, <c>acme</c>, <c>acme/production</c> and <c>acme/production/web</c>. A name is 1 to <see cref="MaximumNameLength"/>
/// characters of <c>a-z 0-9 . _ -</c> and starts and ends with a letter or digit.
/// </remarks>
[JsonConverter(typeof(TextConverter<ResourcePath>))]
public readonly record struct ResourcePath : IParsable<ResourcePath>
{
    /// <summary>Most characters of one name: a label of a host name (RFC 1035, section 2.3.4), so that names can become aliases.</summary>
    public const int MaximumNameLength = 63;

    /// <summary>The bounds of a name, for people.</summary>
    public const string NameRule = "a name is 1 to 63 of a-z, 0-9, '.', '_' and '-', starting and ending with a letter or digit";

    /// <summary>The bounds of a path, for people.</summary>
    public const string Rule = "a path is '/' or 1 to 3 names with '/' between, as in acme/production/web; " + NameRule;

    private readonly string? _text;

    private ResourcePath(string text) => _text = text;

    /// <summary>The root, above every project; the default value.</summary>
    public static ResourcePath Root { get; }

    /// <summary>The text.</summary>
    public string Text => _text ?? "/";

    /// <summary>How many names it has: 0 root, 1 project, 2 environment, 3 resource.</summary>
    public int Depth => _text is null ? 0 : _text.AsSpan().Count('/') + 1;

    /// <summary>The last name; empty for the root.</summary>
    public string Name => _text is null ? "" : _text[(_text.LastIndexOf('/') + 1)..];

    /// <summary>The path one level up; the root's is the root.</summary>
    public ResourcePath Parent => _text?.LastIndexOf('/') is int cut and > 0 ? new ResourcePath(_text[..cut]) : Root;

    /// <summary>The path one level down.</summary>
    /// <param name="name">A name within the bounds of the type.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">The name breaks a bound, or this is a resource already.</exception>
    public ResourcePath Child(string name) =>
        IsName(name) && Depth < 3 ? new ResourcePath(_text is null ? name : $"{_text}/{name}") : throw new FormatException(NameRule);

    /// <summary>Whether this path is another one or lies above it.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True for the same path too.</returns>
    public bool Covers(ResourcePath other) =>
        _text is null || (other._text is { } text && text.StartsWith(_text, StringComparison.Ordinal)
            && (text.Length == _text.Length || text[_text.Length] == '/'));

    /// <summary>The root, the project, … down to this path itself.</summary>
    /// <returns>1 to 4 paths.</returns>
    public IEnumerable<ResourcePath> FromRoot()
    {
        yield return Root;
        for (int cut = 0; _text is not null && cut < _text.Length;)
        {
            int next = _text.IndexOf('/', cut);
            cut = next < 0 ? _text.Length : next;
            yield return new ResourcePath(_text[..cut]);
            cut++;
        }
    }

    /// <summary>Whether a text can be one name of a path.</summary>
    /// <param name="name">The text.</param>
    /// <returns>Whether <see cref="NameRule"/> holds.</returns>
    public static bool IsName([NotNullWhen(true)] string? name)
    {
        if (name is not { Length: > 0 and <= MaximumNameLength }) return false;
        foreach (char unit in name)
        {
            if (unit is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-')) return false;
        }

        return char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]);
    }

    /// <summary>Parses a path.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The path.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static ResourcePath Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out ResourcePath path) ? path : throw new FormatException(Rule);

    /// <summary>Parses a path.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The path.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ResourcePath result)
    {
        result = Root;
        if (s is null) return false;
        if (s == "/") return true;
        string[] names = s.Split('/', 4);
        if (names.Length > 3 || !names.All(IsName)) return false;
        result = new ResourcePath(s);
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
