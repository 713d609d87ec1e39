using System.Net;

namespace SshFunctions.Hooks.Broker;

/// <summary>The broker's base address: https, or http on loopback, where nobody else can read the token.</summary>
internal static class BrokerAddress
{
    internal static Uri Parse(string text)
    {
        if (!WebAddress.TryParse(text.TrimEnd('/'), out Uri? address) || address.Host.Length == 0)
            throw Wrong(text, "is not an address");
        if (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            throw Wrong(text, "is neither https nor http");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw Wrong(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped), "must hold no user, query or fragment");
        if (address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address))
            throw Wrong(text, "would send your token unencrypted: http is for loopback only");
        return address;
    }

    /// <summary>Whether a secret may go there: https, or http on loopback.</summary>
    internal static bool KeepsSecrets(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsLoopback(address));

    // Not Uri.IsLoopback: it also takes this machine's own public name, which a resolver could point elsewhere.
    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static CommandFailedException Wrong(string text, string why) =>
        new(ExitCode.Usage, $"the broker address {text} {why}", "give it as https://broker.example.com");
}
