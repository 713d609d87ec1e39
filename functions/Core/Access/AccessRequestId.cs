using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Access;

/// <summary>Identifies an access request; made by the broker, 20 characters of <c>a-z 2-7</c>.</summary>
/// <remarks>The first <see cref="StampLength"/> stand for the time of opening, counted backwards: in ordinal order the newest request comes first.</remarks>
[JsonConverter(typeof(TextConverter<AccessRequestId>))]
public readonly record struct AccessRequestId : IParsable<AccessRequestId>
{
    /// <summary>Characters.</summary>
    public const int Length = 20;

    /// <summary>The bounds, for people.</summary>
    public const string Rule = "an access request has 20 characters of 2-7 and a-z, as printed when it was opened";

    /// <summary>What the identifier of a request's grant begins with; nobody else's grant does.</summary>
    public const string GrantPrefix = "request-";

    private const int StampLength = 8;

    // In ordinal order, so that the order of times is that of texts.
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Units = SearchValues.Create(Alphabet);
    private readonly string? _text;

    private AccessRequestId(string text) => _text = text;

    /// <summary>The text.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default AccessRequestId names no request");

    /// <summary>The identifier of the grant that it gives when it is active.</summary>
    public GrantId Grant => GrantId.Parse(GrantPrefix + Text);

    /// <summary>Makes one that no other request has.</summary>
    /// <param name="opened">UTC; when the request is opened.</param>
    /// <returns>The identifier.</returns>
    public static AccessRequestId Create(DateTimeOffset opened) =>
        new(Stamp(opened) + RandomNumberGenerator.GetString(Alphabet, Length - StampLength));

    /// <summary>What every identifier made at a time begins with.</summary>
    /// <param name="opened">UTC.</param>
    /// <returns>Later times come first in ordinal order.</returns>
    internal static string Stamp(DateTimeOffset opened)
    {
        // 40 bits of seconds: until the year 36812.
        long left = (1L << 40) - 1 - opened.ToUnixTimeSeconds();
        return string.Create(StampLength, left, (text, value) =>
        {
            for (int at = StampLength - 1; at >= 0; at--, value >>= 5) text[at] = Alphabet[(int)(value & 31)];
        });
    }

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static AccessRequestId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out AccessRequestId id) ? id : throw new FormatException(Rule);

    /// <summary>Parses an identifier.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The identifier.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccessRequestId result)
    {
        bool fits = s is { Length: Length } && !s.AsSpan().ContainsAnyExcept(Units);
        result = fits ? new AccessRequestId(s!) : default;
        return fits;
    }

    /// <summary>The request whose grant this is.</summary>
    /// <param name="grant">A grant's identifier.</param>
    /// <returns>Null for any grant that comes from no request.</returns>
    public static AccessRequestId? OfGrant(string grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return grant.StartsWith(GrantPrefix, StringComparison.Ordinal) && TryParse(grant[GrantPrefix.Length..], null, out AccessRequestId id) ? id : null;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
