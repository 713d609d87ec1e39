namespace SshFunctions.App.Hosting.Portal;

/// <summary>What a browser is told beside each file of the portal.</summary>
internal static class PortalHeaders
{
    /// <summary>
    /// Scripts, styles and requests are the broker's own or none. Trusted types: a text never becomes markup, whatever a script does.
    /// Source: Content Security Policy Level 3; Trusted Types.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Write(IHeaderDictionary headers)
    {
        // Asked for again each time, by its tag: an update of the broker reaches every page at its next load.
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
    }
}
