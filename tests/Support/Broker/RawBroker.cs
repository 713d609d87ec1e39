using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SshFunctions.Support.Broker;

/// <summary>A server on loopback that answers every request with the bytes that a test wants, HTTP or not.</summary>
public sealed class RawBroker : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    /// <summary>Starts it on a free port.</summary>
    /// <param name="certificate">For TLS; null for plain HTTP.</param>
    public RawBroker(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start(100);
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Address => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What it does with a connection whose request has come; the connection is closed behind it.</summary>
    public Func<Stream, CancellationToken, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The beginnings of all requests so far: their lines and headers.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>A whole answer.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="status">Code and words.</param>
    /// <param name="headers">Further headers, each with its line break.</param>
    public static byte[] Whole(byte[] body, string status = "200 OK", string headers = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        return [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n"), .. body];
    }

    /// <summary>Answers everything alike.</summary>
    /// <param name="answer">All bytes of it.</param>
    public void Send(byte[] answer) => Answer = (stream, cancellationToken) => stream.WriteAsync(answer, cancellationToken).AsTask();

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _serving.Wait();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    SslStream secure = new(stream);
                    await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                    stream = secure;
                }

                _requests.Enqueue(await ReadHeadAsync(stream));
                await Answer(stream, _end.Token);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client has had enough, or the test is over.
            }
        }
    }

    private async Task<string> ReadHeadAsync(Stream stream)
    {
        StringBuilder head = new();
        byte[] buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _end.Token) is > 0 and var count)
            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        return head.ToString();
    }
}
