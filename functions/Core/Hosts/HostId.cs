using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Hosts;

/// <summary>Names an enrolled host: 16 characters of <c>a-z 2-7</c>, random.</summary>
[JsonConverter(typeof(TextConverter<HostId>))]
public readonly record struct HostId : IParsable<HostId>
{
    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a host is named by 16 characters of a-z and 2-7: sshfn host list";

    private const int Length = 16;
    private const string SubjectPrefix = "host:";
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> Units = SearchValues.Create(Alphabet);
    private readonly string? _text;

    private HostId(string text) => _text = text;

    /// <summary>The text.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default HostId names no host");

    /// <summary>The subject that the host calls as.</summary>
    public Subject Subject => Subject.Parse(SubjectPrefix + Text);

    /// <summary>Makes a new one.</summary>
    /// <returns>80 random bits.</returns>
    public static HostId Generate() => new(RandomNumberGenerator.GetString(Alphabet, Length));

    /// <summary>Whether a subject is, or looks like, a host's.</summary>
    /// <param name="subject">The subject.</param>
    /// <returns>Whether it starts as those do, in any letter case; nobody else is given such a one.</returns>
    public static bool IsHostSubject(Subject subject) => subject.Text.StartsWith(SubjectPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The host that a caller is.</summary>
    /// <param name="caller">Who sent a request.</param>
    /// <param name="id">The host.</param>
    /// <returns>Whether the caller is a host.</returns>
    public static bool TryOf(Caller caller, out HostId id)
    {
        ArgumentNullException.ThrowIfNull(caller);
        id = default;
        return caller.Kind == CallerKind.Host && caller.Subject.Text.StartsWith(SubjectPrefix, StringComparison.Ordinal)
            && TryParse(caller.Subject.Text[SubjectPrefix.Length..], null, out id);
    }

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static HostId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out HostId id) ? id : throw new FormatException(Rule);

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The identifier.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HostId result)
    {
        bool fits = s is { Length: Length } && !s.AsSpan().ContainsAnyExcept(Units);
        result = fits ? new HostId(s!) : default;
        return fits;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
