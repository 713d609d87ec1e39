using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Hosting;

/// <summary>Kestrel's addresses and the limits that every request meets before any code of the broker.</summary>
internal static class Endpoints
{
    private const int MaximumConnections = 4096;
    private const int MaximumHeaderCount = 64;
    private const int MaximumHeaderBytes = 16 * 1024;
    private const int MaximumRequestLineBytes = 8 * 1024;

    public static void Configure(KestrelServerOptions kestrel, BrokerProfile profile, TlsCertificate? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = profile.MaximumBodyBytes;
        limits.MaxConcurrentConnections = MaximumConnections;
        limits.MaxRequestHeaderCount = MaximumHeaderCount;
        limits.MaxRequestHeadersTotalSize = MaximumHeaderBytes;
        limits.MaxRequestLineSize = MaximumRequestLineBytes;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        // A body of 64 KiB at this rate takes half a minute; slower is an attack or a dead peer.
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 2048, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));

        foreach (ListenAddress address in profile.Listen)
        {
            if (address.Address is null)
                kestrel.ListenLocalhost(address.Port, listen => Use(listen, address, certificate));
            else
                kestrel.Listen(address.Address, address.Port, listen => Use(listen, address, certificate));
        }
    }

    private static void Use(ListenOptions listen, ListenAddress address, TlsCertificate? certificate)
    {
        // HTTP/2 without TLS is reached by prior knowledge only, which no client of the broker has.
        listen.Protocols = address.Tls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        if (address.Tls)
            listen.UseHttps(Handshake(certificate!));
    }

    // Kestrel's certificate selector can't send intermediates; the handshake callback can.
    private static TlsHandshakeCallbackOptions Handshake(TlsCertificate certificate) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate.Current(),
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        }),
    };
}
