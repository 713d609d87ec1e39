using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Policy;

/// <summary>A CIDR block of client addresses, as the certificate's <c>source-address</c> option writes it.</summary>
/// <remarks>The address has no bits beyond its prefix, so that what is written is what is meant. A bare address is a block of one.</remarks>
[JsonConverter(typeof(TextConverter<SourceRange>))]
public readonly record struct SourceRange : IParsable<SourceRange>
{
    /// <summary>The bounds, for people.</summary>
    public const string Rule = "a source address is a CIDR block such as 10.0.0.0/8 or 2001:db8::/32, with no bits set beyond its prefix";

    private static readonly System.Buffers.SearchValues<char> Units = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF.:/");

    private readonly string? _text;

    private SourceRange(string text) => _text = text;

    /// <summary>The text.</summary>
    public string Text => _text ?? throw new InvalidOperationException("a default SourceRange is no block");

    /// <summary>Parses a block.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The block.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static SourceRange Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out SourceRange range) ? range : throw new FormatException(Rule);

    /// <summary>Parses a block.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The block.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SourceRange result)
    {
        result = default;
        if (s is null or { Length: > 64 } || s.AsSpan().ContainsAnyExcept(Units)) return false;
        int slash = s.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> start = slash < 0 ? s : s.AsSpan(0, slash);
        if (!IPAddress.TryParse(start, out IPAddress? address)) return false;
        bool isFour = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        // IPAddress also takes "10" for 0.0.0.10 and "010.0.0.1" for 8.0.0.1: whoever wrote that meant another block.
        if (isFour && !start.SequenceEqual(address.ToString())) return false;
        string block = slash < 0 ? $"{address}/{(isFour ? 32 : 128)}" : s;
        // The platform drops bits beyond the prefix in silence.
        if (!IPNetwork.TryParse(block, out IPNetwork network) || !network.BaseAddress.Equals(address)) return false;
        result = new SourceRange(network.ToString());
        return true;
    }

    /// <summary>The text.</summary>
    /// <returns>The text; empty for the default value.</returns>
    public override string ToString() => _text ?? "";
}
