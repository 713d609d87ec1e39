using System.Net;
using System.Net.Sockets;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>What wrong codes are counted against: a login on a host, from one source and from all.</summary>
/// <param name="Host">The host.</param>
/// <param name="Login">The account.</param>
/// <param name="Source">Where the client connects from; null when the host does not know.</param>
internal sealed record GuessTarget(HostId Host, Login Login, IPAddress? Source)
{
    public string Partition => $"passcode-guesses:{Host}";

    /// <summary>Row of this source's count.</summary>
    public string SourceRow => $"s:{DocumentKey.Segment(Login.Text)}:{DocumentKey.Segment(SourceText)}";

    /// <summary>Row of the count over all sources.</summary>
    public string LoginRow => $"l:{DocumentKey.Segment(Login.Text)}";

    // The owner of an IPv6 address has all of its /64 and would take a new one for each guess.
    private string SourceText => Source switch
    {
        null => "none",
        { AddressFamily: AddressFamily.InterNetworkV6 } six => Convert.ToHexStringLower(six.GetAddressBytes().AsSpan(0, 8)),
        { } four => four.ToString(),
    };
}
