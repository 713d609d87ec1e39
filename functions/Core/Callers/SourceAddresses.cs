using System.Collections.Immutable;
using System.Net;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Callers;

/// <summary>Whether a request comes from where its credential may be used.</summary>
internal static class SourceAddresses
{
    /// <summary>Null ranges allow any address; an address that nobody knows is in no range.</summary>
    public static bool Allow(ImmutableArray<SourceRange>? ranges, IPAddress? address)
    {
        if (ranges is not { } allowed) return true;
        // A socket that listens on both families tells an IPv4 client as ::ffff:a.b.c.d.
        IPAddress? source = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return source is not null && allowed.Any(range => IPNetwork.Parse(range.Text).Contains(source));
    }
}
