using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.Git;

/// <summary>A git server over HTTP on loopback: the stock <c>git http-backend</c>, whose users the broker checks at each request.</summary>
public sealed class GitHttpServer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly string _root;
    private readonly ConcurrentQueue<HttpStatusCode> _checks = new();
    private Task _serving = Task.CompletedTask;

    /// <summary>Listens on a free port; serves nothing yet.</summary>
    /// <param name="root">Folder of its bare repositories.</param>
    public GitHttpServer(string root)
    {
        _root = root;
        (_listener, Address) = LoopbackListener.Start();
    }

    /// <summary>Where it listens, without a trailing slash.</summary>
    public string Address { get; }

    /// <summary>Its port.</summary>
    public int Port => new Uri(Address).Port;

    /// <summary>What the broker answered to each check, in order.</summary>
    public IReadOnlyList<HttpStatusCode> Checks => [.. _checks];

    /// <summary>Serves from now on.</summary>
    /// <param name="broker">The API as this server's own service.</param>
    /// <param name="resource">The resource that it is.</param>
    public void Serve(BrokerApi broker, string resource) => _serving = Task.Run(() => ServeAsync(broker, resource));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_listener.IsListening) _listener.Stop();
        _serving.Wait();
        LoopbackListener.End(_listener);
    }

    private async Task ServeAsync(BrokerApi broker, string resource)
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            if (await IsGoodAsync(context.Request, broker, resource))
            {
                await RunAsync(context);
            }
            else
            {
                context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"git\"");
            }

            context.Response.Close();
        }
    }

    private async Task<bool> IsGoodAsync(HttpListenerRequest request, BrokerApi broker, string resource)
    {
        if (request.Headers["Authorization"]?.Split(' ') is not ["Basic", var encoded]) return false;
        string[] pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split(':', 2);
        try
        {
            await broker.PostAsync<CheckGitPasswordRequest, CheckedGitPasswordResponse>(
                Routes.GitPasswordCheck,
                new CheckGitPasswordRequest(resource, pair[0], pair[1], request.RemoteEndPoint.Address.ToString()));
            _checks.Enqueue(HttpStatusCode.OK);
            return true;
        }
        catch (HttpRequestException refused)
        {
            _checks.Enqueue(refused.StatusCode!.Value);
            return false;
        }
    }

    // Source: git-http-backend(1), "ENVIRONMENT"; RFC 3875.
    private async Task RunAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        var start = new ProcessStartInfo("git", ["-c", "http.receivepack=true", "http-backend"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string? value) in new (string, string?)[]
        {
            ("GIT_PROJECT_ROOT", _root), ("GIT_HTTP_EXPORT_ALL", "1"), ("REQUEST_METHOD", request.HttpMethod), ("PATH_INFO", request.Url!.AbsolutePath),
            ("QUERY_STRING", request.Url.Query.TrimStart('?')), ("CONTENT_TYPE", request.ContentType), ("REMOTE_USER", "somebody"),
            ("HTTP_CONTENT_ENCODING", request.Headers["Content-Encoding"]), ("GIT_PROTOCOL", request.Headers["Git-Protocol"]),
        })
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        await request.InputStream.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        await AnswerAsync(context.Response, output.ToArray());
    }

    private static async Task AnswerAsync(HttpListenerResponse response, byte[] output)
    {
        int end = output.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (string header in Encoding.ASCII.GetString(output, 0, end).Split("\r\n"))
        {
            string[] parts = header.Split(": ", 2);
            if (parts[0] == "Status") response.StatusCode = int.Parse(parts[1].AsSpan(0, 3), CultureInfo.InvariantCulture);
            else if (parts[0] == "Content-Type") response.ContentType = parts[1];
        }

        await response.OutputStream.WriteAsync(output.AsMemory(end + 4));
    }
}
