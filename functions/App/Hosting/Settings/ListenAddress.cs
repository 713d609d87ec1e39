using System.Net;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>One address to serve on.</summary>
/// <param name="Address">Null for <c>localhost</c>: both loopback addresses, IPv6 where the machine has it.</param>
/// <param name="Port">0 lets the system choose.</param>
/// <param name="Tls">Whether it is https.</param>
/// <param name="Url">As it was written.</param>
internal sealed record ListenAddress(IPAddress? Address, int Port, bool Tls, string Url)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>Parses <c>http://</c> or <c>https://</c> with an IP address, <c>localhost</c> or <c>*</c>, and a port.</summary>
    /// <remarks>Host names are refused: what they resolve to, and so whether others can reach it, changes without a restart.</remarks>
    public static Result<ListenAddress> Parse(string text)
    {
        bool tls = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        if (!tls && !text.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return SettingParsers.Wrong("is neither http:// nor https://");

        string probe = text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(probe, UriKind.Absolute, out Uri? url) || url.AbsolutePath != "/" || url.Query.Length + url.Fragment.Length + url.UserInfo.Length != 0)
            return SettingParsers.Wrong("is not an address and a port");
        if (url.Host == "localhost")
            return url.Port == 0 ? SettingParsers.Wrong("can't choose a port for two addresses") : new ListenAddress(null, url.Port, tls, text);
        return IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address)
            ? new ListenAddress(address, url.Port, tls, text)
            : SettingParsers.Wrong("names a host; write an IP address, localhost or *");
    }
}
