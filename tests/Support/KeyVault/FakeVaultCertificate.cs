using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SshFunctions.Support.KeyVault;

/// <summary>A certificate for Azure's names from an authority that nobody else trusts.</summary>
internal sealed class FakeVaultCertificate : IDisposable
{
    private readonly X509Certificate2 _authority;

    public FakeVaultCertificate()
    {
        // Real times: TLS has no other clock.
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddDays(-1);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=fake authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = authority.CreateSelfSigned(start, start.AddDays(3));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=fake", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.vault.azure.net");
        names.AddDnsName("*.managedhsm.azure.net");
        names.AddDnsName("login.microsoftonline.com");
        server.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = server.Create(_authority, start, start.AddDays(2), RandomNumberGenerator.GetBytes(8));
        Server = issued.CopyWithPrivateKey(key);
        AuthorityFile = Path.Combine(Path.GetTempPath(), $"fake-vault-{Guid.NewGuid():n}.pem");
        File.WriteAllText(AuthorityFile, _authority.ExportCertificatePem());
    }

    /// <summary>The server's, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority in PEM, for SSL_CERT_FILE.</summary>
    public string AuthorityFile { get; }

    public HttpMessageHandler CreateHandler(string proxy)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority);
        return new SocketsHttpHandler
        {
            Proxy = new WebProxy(proxy),
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
        };
    }

    public void Dispose()
    {
        File.Delete(AuthorityFile);
        Server.Dispose();
        _authority.Dispose();
    }
}
