using System.Security.Cryptography.X509Certificates;

namespace SshFunctions.Support.Azurite;

/// <summary>HTTP clients that trust one authority alone.</summary>
public static class TrustedHttp
{
    /// <summary>Makes one.</summary>
    /// <param name="authorityFile">A certificate, PEM.</param>
    public static HttpClient NewClient(string authorityFile)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(authorityFile) },
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
