using System.Net;
using System.Net.Sockets;
using SshFunctions.Core;

namespace SshFunctions.App.Http;

/// <summary>Where a client connects from, as a request names it.</summary>
/// <param name="Address">Null when the request does not say.</param>
internal readonly record struct ClientAddress(IPAddress? Address)
{
    /// <summary>Reads it; an IPv4 address in the clothes of IPv6 is the IPv4 address.</summary>
    public static Result<ClientAddress> Read(string? text)
    {
        if (text is null) return new ClientAddress(null);
        // The platform also takes "10" for 0.0.0.10 and "010.0.0.1" for 8.0.0.1: whoever wrote that meant another address.
        if (!IPAddress.TryParse(text, out IPAddress? address) || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text))
            return new Refusal.Invalid("sourceAddress", "it is no address", "give one such as 192.0.2.7, or leave it out");
        return new ClientAddress(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
