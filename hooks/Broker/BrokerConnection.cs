using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Broker;

/// <summary>The connection to a broker: lean, because the cold hook pays for it before every first login.</summary>
internal static class BrokerConnection
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);

    internal static HttpClient Open(Uri broker, TimeSpan total, string? caFile = null)
    {
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
            // A redirect could carry the token elsewhere.
            AllowAutoRedirect = false,
            UseProxy = broker.Scheme == Uri.UriSchemeHttps && Settings.HasProxy,
            ActivityHeadersPropagator = null,
        };
        if ((caFile ?? Settings.CaFile) is { } path)
            handler.SslOptions.RemoteCertificateValidationCallback = TrustAlso(path);
        return new HttpClient(handler) { Timeout = total };
    }

    private static RemoteCertificateValidationCallback TrustAlso(string path)
    {
        X509Certificate2Collection roots = [];
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new CommandFailedException(ExitCode.Failed, $"{path}, the further TLS root, can't be read as PEM certificates", $"ls -ld {path}");
        }

        return (_, certificate, chain, errors) => errors == SslPolicyErrors.None
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && IsUnder(roots, certificate, chain));
    }

    private static bool IsUnder(X509Certificate2Collection roots, X509Certificate? certificate, X509Chain? sent)
    {
        if (certificate is not X509Certificate2 leaf)
            return false;
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        // Server authentication, so that a client certificate of the same root can't play the broker. Source: RFC 5280, 4.2.1.12.
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        foreach (X509ChainElement element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        return chain.Build(leaf);
    }
}
