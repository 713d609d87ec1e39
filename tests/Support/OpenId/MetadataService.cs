using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.OpenId;

/// <summary>What a cloud's machine asks who it is, on loopback: answers as Azure's does, and refuses what that refuses.</summary>
/// <remarks>Source: Azure Instance Metadata Service, "Get a token using HTTP".</remarks>
public sealed class MetadataService : IDisposable
{
    private const string Route = "/metadata/identity/oauth2/token";

    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly Func<string, string?> _tokenFor;
    private readonly ConcurrentQueue<string> _audiences = new();

    /// <summary>Starts it on a free port.</summary>
    /// <param name="tokenFor">The machine's token for an audience; null for a machine without an identity.</param>
    public MetadataService(Func<string, string?> tokenFor)
    {
        _tokenFor = tokenFor;
        (_listener, Address) = LoopbackListener.Start();
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Every audience that was asked for, in order.</summary>
    public IReadOnlyList<string> Audiences => [.. _audiences];

    /// <inheritdoc/>
    public void Dispose()
    {
        LoopbackListener.End(_listener);
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        string? audience = request.QueryString["resource"];
        bool isAsked = request.Url!.AbsolutePath == Route && request.Headers["Metadata"] == "true" && request.Headers["X-Forwarded-For"] is null
            && request.QueryString["api-version"] == "2018-02-01" && audience is not null;
        string? token = isAsked ? _tokenFor(audience!) : null;
        if (isAsked) _audiences.Enqueue(audience!);
        JsonObject answer = token is null
            ? new JsonObject { ["error"] = "invalid_request", ["error_description"] = "Identity not found" }
            : new JsonObject { ["access_token"] = token, ["expires_in"] = "3599", ["resource"] = audience, ["token_type"] = "Bearer" };
        byte[] body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.StatusCode = token is null ? 400 : 200;
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
