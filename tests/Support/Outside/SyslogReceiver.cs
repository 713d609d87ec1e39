using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SshFunctions.Support.Outside;

/// <summary>A syslog server on loopback, over TCP or TLS: reads messages by their octet count (RFC 6587, section 3.4.1).</summary>
public sealed class SyslogReceiver : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly X509Certificate2? _certificate;

    /// <summary>Starts it.</summary>
    /// <param name="tls">Whether over TLS, with a certificate for localhost that it signed itself.</param>
    public SyslogReceiver(bool tls = false)
    {
        if (tls) _certificate = MakeCertificate();
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate, PEM.</summary>
    public string CertificatePem => _certificate!.ExportCertificatePem();

    /// <summary>While set, it takes connections and ends them without reading.</summary>
    public bool Rejects { get; set; }

    /// <summary>The messages that came, in order, without their counts.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _certificate?.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                if (Rejects) Reset(client.Client);
                else await ReadAsync(client);
            }
            catch (IOException)
            {
                // A client that does not like the certificate.
            }
            catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    // As the system ends what a dead process had not read. TcpClient's own end would say first that there is nothing more to send.
    private static void Reset(Socket connection)
    {
        connection.LingerState = new LingerOption(true, 0);
        connection.Close();
    }

    private async Task ReadAsync(TcpClient client)
    {
        await using NetworkStream plain = client.GetStream();
        await using Stream stream = _certificate is null ? plain : new SslStream(plain);
        if (stream is SslStream secure) await secure.AuthenticateAsServerAsync(_certificate!);
        using var whole = new MemoryStream();
        await stream.CopyToAsync(whole);
        byte[] bytes = whole.ToArray();
        for (int at = 0; at < bytes.Length;)
        {
            int space = Array.IndexOf(bytes, (byte)' ', at);
            int count = int.Parse(Encoding.ASCII.GetString(bytes, at, space - at), NumberStyles.None, CultureInfo.InvariantCulture);
            _messages.Enqueue(Encoding.UTF8.GetString(bytes, space + 1, count));
            at = space + 1 + count;
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
