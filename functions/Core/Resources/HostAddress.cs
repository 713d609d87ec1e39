using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.Json.Serialization;

namespace SshFunctions.Core.Resources;

/// <summary>A name and port under which a resource is reached, as ssh knows them (<c>%h</c>, <c>%p</c>).</summary>
/// <remarks>
/// Written <c>git.example.com:22</c> or <c>[2001:db8::1]:22</c>. The name is a host name of 1 to 253 characters in labels of
/// <c>a-z 0-9 _ -</c>, or an IP address in its shortest form; both lower case, so that one host has one spelling.
/// </remarks>
[JsonConverter(typeof(TextConverter<HostAddress>))]
public readonly record struct HostAddress : IParsable<HostAddress>
{
    /// <summary>The bounds of a name, for people.</summary>
    public const string NameRule = "a host is an IP address or a host name of at most 253 characters in labels of letters, digits, '_' and '-'";

    private readonly string? _name;

    private HostAddress(string name, int port)
    {
        _name = name;
        Port = port;
    }

    /// <summary>Host name or IP address, lower case, without brackets.</summary>
    public string Name => _name ?? throw new InvalidOperationException("a default HostAddress names no host");

    /// <summary>TCP port, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Whether the name is an IP address.</summary>
    public bool IsNumeric => Name.Contains(':', StringComparison.Ordinal)
        || (Name.Count(unit => unit == '.') == 3 && IPAddress.TryParse(Name, out _));

    /// <summary>Makes an address of its parts.</summary>
    /// <param name="name">Host name or IP address, any case, a trailing dot allowed.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="address">The address in its one spelling.</param>
    /// <returns>Whether both are within bounds.</returns>
    public static bool TryCreate(string? name, int port, out HostAddress address)
    {
        address = default;
        if (port is < 1 or > 65535 || Canonical(name) is not { } canonical) return false;
        address = new HostAddress(canonical, port);
        return true;
    }

    private static string? Canonical(string? name)
    {
        // Lower case of U+212A is 'k', and IPAddress takes "[::1]:99" and forgets the port.
        if (name is not { Length: > 0 and <= 254 } || !Ascii.IsValid(name) || name.Contains('[', StringComparison.Ordinal)) return null;
        if (name[^1] == '.') name = name[..^1];
        // IPAddress also takes "1" and "0x7f.1"; only dotted quads and colons are addresses here, the rest must pass as names.
        if ((name.Contains(':', StringComparison.Ordinal) || name.Count(unit => unit == '.') == 3)
            && !name.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(name, out IPAddress? address))
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        string lower = name.ToLowerInvariant();
        return lower.Length is > 0 and <= 253 && lower.Split('.').All(IsLabel) ? lower : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(unit => unit is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-');

    /// <summary>Parses an address.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">A bound of the type is broken.</exception>
    public static HostAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out HostAddress address) ? address : throw new FormatException(NameRule);

    /// <summary>Parses an address; the port may be left out when it is 22.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The address.</param>
    /// <returns>Whether the bounds of the type hold.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out HostAddress result)
    {
        result = default;
        if (string.IsNullOrEmpty(s)) return false;
        int end = s[0] == '[' ? s.IndexOf(']', StringComparison.Ordinal) : s.IndexOf(':', StringComparison.Ordinal) - 1;
        if (s[0] == '[' && end < 0) return false;
        string name = s[0] == '[' ? s[1..end] : end < 0 ? s : s[..(end + 1)];
        string rest = end < 0 ? "" : s[(end + 1)..];
        if (rest.Length == 0) return TryCreate(name, 22, out result);
        return rest[0] == ':' && int.TryParse(rest[1..], System.Globalization.NumberStyles.None, null, out int port)
            && TryCreate(name, port, out result);
    }

    /// <summary>The text.</summary>
    /// <returns>Name and port, the name in brackets when it holds a colon; empty for the default value.</returns>
    public override string ToString() =>
        _name is null ? "" : _name.Contains(':', StringComparison.Ordinal) ? $"[{_name}]:{Port}" : $"{_name}:{Port}";
}
