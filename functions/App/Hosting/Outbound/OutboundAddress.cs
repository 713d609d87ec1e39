namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Where something is posted to. Path and query may be the receiver's only secret, so they are never printed.</summary>
internal sealed class OutboundAddress(Uri url)
{
    public Uri Url => url;

    public override string ToString() => $"{url.Scheme}://{url.Authority}";

    /// <summary>Whether a text is an address that nobody on the way can read or answer for: https, or this machine.</summary>
    public static bool TryParse(string text, out OutboundAddress? address)
    {
        bool fits = Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0 && url.Fragment.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
        address = fits ? new OutboundAddress(url!) : null;
        return fits;
    }
}
