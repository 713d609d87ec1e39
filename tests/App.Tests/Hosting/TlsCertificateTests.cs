using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Support.Files;

namespace SshFunctions.App.Tests.Hosting;

public sealed class TlsCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly HashSet<string> _issued = [];

    [Fact(Timeout = 60_000)]
    public async Task Serves_a_replaced_certificate_to_the_next_connection_after_a_second()
    {
        string first = WriteCertificate("first");
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(first, await ThumbprintAsync(broker));
        string second = WriteCertificate("second");

        Assert.Equal(first, await ThumbprintAsync(broker));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(second, await ThumbprintAsync(broker));
    }

    [Fact(Timeout = 60_000)]
    public async Task Keeps_the_certificate_when_the_new_files_are_broken_and_says_so()
    {
        string first = WriteCertificate("first");
        await using RunningBroker broker = await StartAsync();
        _folder.Write("tls.crt", "-----BEGIN CERTIFICATE-----\nhalf");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(first, await ThumbprintAsync(broker));
        string second = WriteCertificate("second");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(second, await ThumbprintAsync(broker));

        Assert.Contains(await broker.StopAndReadLogAsync(), line => line.GetProperty("event").GetString() == "TlsCertificateRefused");
    }

    [Fact(Timeout = 60_000)]
    public async Task Speaks_HTTP2_over_TLS()
    {
        WriteCertificate("first");
        await using RunningBroker broker = await StartAsync();
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => IsOurs(certificate);
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(broker.Url, Routes.Health)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
    }

    public void Dispose() => _folder.Dispose();

    private Task<RunningBroker> StartAsync() => RunningBroker.StartAsync(
        RunningBroker.OnLoopback with
        {
            Listen = [ListenAddress.Parse("https://127.0.0.1:0").Value!],
            Tls = new TlsFiles(_folder["tls.crt"], _folder["tls.key"]),
        },
        services => services.AddSingleton<TimeProvider>(_clock));

    private string WriteCertificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(_clock.GetUtcNow().AddYears(-1), _clock.GetUtcNow().AddYears(1));
        _folder.Write("tls.crt", certificate.ExportCertificatePem());
        _folder.Write("tls.key", key.ExportPkcs8PrivateKeyPem());
        _issued.Add(certificate.Thumbprint);
        return certificate.Thumbprint;
    }

    private bool IsOurs(X509Certificate? certificate) => _issued.Contains(certificate!.GetCertHashString());

    private async Task<string> ThumbprintAsync(RunningBroker broker)
    {
        string seen = "";
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            seen = certificate!.GetCertHashString();
            return IsOurs(certificate);
        };
        using var client = new HttpClient(handler);
        using HttpResponseMessage response = await client.GetAsync(new Uri(broker.Url, Routes.Health));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return seen;
    }
}
