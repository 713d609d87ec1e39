using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using SshFunctions.Core;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Hosting;

/// <summary>The proxies before the broker, whose word on where a request comes from is taken. Nobody else's is.</summary>
/// <param name="Ranges">Their addresses.</param>
/// <param name="Header">The header in which they say it: an address, or a list of which each proxy adds one at the end.</param>
internal sealed record TrustedProxies(ImmutableArray<SourceRange> Ranges, string Header)
{
    public const string UsualHeader = "X-Forwarded-For";

    private readonly ImmutableArray<IPNetwork> _networks = [.. Ranges.Select(range => IPNetwork.Parse(range.Text))];

    /// <summary>No proxy: the connection's other end is the client.</summary>
    public static TrustedProxies None { get; } = new([], UsualHeader);

    /// <summary>Tells where a request comes from.</summary>
    /// <param name="peer">The connection's other end.</param>
    /// <param name="headers">The request's.</param>
    /// <returns>
    /// The address; none where a proxy asks on its own behalf, without the header; <see cref="Refusal.Invalid"/> for a header that says
    /// no address, because the proxy's own would pass for the client's.
    /// </returns>
    public Result<RequestSource> SourceOf(IPAddress? peer, IHeaderDictionary headers)
    {
        IPAddress? near = Plain(peer);
        if (near is null || !IsTrusted(near)) return new RequestSource(near);
        StringValues lines = headers[Header];
        return lines.Count switch
        {
            0 => new RequestSource(null),
            1 => FirstStranger(lines[0] ?? ""),
            // Which one the proxy wrote can't be told where it does not append to the client's own.
            _ => Wrong($"the header {Header} is given {lines.Count} times"),
        };
    }

    // From the right: what stands left of the first address that is no proxy's is that client's own text.
    private Result<RequestSource> FirstStranger(string list)
    {
        IPAddress? last = null;
        foreach (string entry in list.Split(',').Reverse())
        {
            if (!TryRead(entry.Trim(' ', '\t'), out last)) return Wrong($"the header {Header} has an entry that is no address");
            if (!IsTrusted(last)) break;
        }

        return new RequestSource(last);
    }

    private bool IsTrusted(IPAddress address)
    {
        foreach (IPNetwork network in _networks)
            if (network.Contains(address)) return true;
        return false;
    }

    /// <summary>Reads <c>192.0.2.7</c>, <c>192.0.2.7:4711</c>, <c>2001:db8::7</c>, <c>[2001:db8::7]</c> or <c>[2001:db8::7]:4711</c>.</summary>
    private static bool TryRead(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        string host = text;
        int colon = text.LastIndexOf(':');
        if (text.StartsWith('['))
        {
            int end = text.IndexOf(']', StringComparison.Ordinal);
            if (end < 0 || (end + 1 < text.Length && (colon != end + 1 || !IsPort(text[(end + 2)..])))) return false;
            host = text[1..end];
            if (!host.Contains(':', StringComparison.Ordinal)) return false;
        }
        else if (colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) == colon)
        {
            if (!IsPort(text[(colon + 1)..])) return false;
            host = text[..colon];
        }

        // The platform also takes zones, brackets, and "10" for 0.0.0.10.
        if (host.AsSpan().ContainsAny("%[]/") || !IPAddress.TryParse(host, out IPAddress? read)
            || (read.AddressFamily == AddressFamily.InterNetwork && read.ToString() != host)) return false;
        address = Plain(read);
        return true;
    }

    private static bool IsPort(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // A socket that listens on both families tells an IPv4 client as ::ffff:a.b.c.d.
    [return: NotNullIfNotNull(nameof(address))]
    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static Refusal.Invalid Wrong(string what) =>
        new(null, what, "the broker's operator looks at what the proxy sends, and at --trusted-proxy and --client-address-header");
}
