using System.Buffers;
using System.Net;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Git;

/// <summary>What git asks a credential helper for. Source: git-credential(1), "Input/Output format".</summary>
/// <param name="Host">Host name or address, without brackets.</param>
/// <param name="Port">TCP port; null for the protocol's own.</param>
/// <param name="UserName">The user name in the URL; null for none.</param>
internal sealed record CredentialRequest(string Host, int? Port, string? UserName)
{
    private const int LargestBytes = 64 * 1024;
    private const int HttpPort = 80;
    private static readonly SearchValues<char> NotInHosts = SearchValues.Create("/?#\\@%");

    /// <summary>Reads it from standard input; null for what no password is given for: other protocols, and http beyond loopback.</summary>
    internal static CredentialRequest? Read() => Parse(Terminal.ReadInput(LargestBytes));

    /// <summary>As <see cref="Read"/>, of what git wrote.</summary>
    internal static CredentialRequest? Parse(string input)
    {
        Dictionary<string, string> attributes = [];
        foreach (string line in input.Split('\n').TakeWhile(line => line.Length > 0))
        {
            int equals = line.IndexOf('=');
            if (equals > 0)
                attributes[line[..equals]] = line[(equals + 1)..];
        }

        string? host = attributes.GetValueOrDefault("host");
        // "a%2f.b" and "a\\b" are other hosts to git than to a URL.
        if (host is null || host.AsSpan().ContainsAny(NotInHosts) || !WebAddress.TryParse($"{attributes.GetValueOrDefault("protocol")}://{host}/", out Uri? url) || url.UserInfo.Length > 0)
            return null;
        bool isPlain = url.Scheme == Uri.UriSchemeHttp;
        if (url.Scheme != Uri.UriSchemeHttps && !(isPlain && IsLoopback(url)))
            return null;
        int? port = url.IsDefaultPort ? (isPlain ? HttpPort : null) : url.Port;
        return new(url.IdnHost.Trim('[', ']'), port, attributes.GetValueOrDefault("username"));
    }

    private static bool IsLoopback(Uri url) =>
        url.Host == "localhost" || (IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
