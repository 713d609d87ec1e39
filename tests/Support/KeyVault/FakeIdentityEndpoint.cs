using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.KeyVault;

/// <summary>What App Service and Functions give their programs to ask for tokens, on loopback.</summary>
/// <remarks>Source: App Service, "REST endpoint reference" of managed identities, api-version 2019-08-01.</remarks>
public sealed class FakeIdentityEndpoint : IDisposable
{
    private readonly string _header = Guid.NewGuid().ToString("n");
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentQueue<string> _asked = new();

    public FakeIdentityEndpoint()
    {
        (_listener, string address) = LoopbackListener.Start();
        Environment = new Dictionary<string, string> { ["IDENTITY_ENDPOINT"] = $"{address}/msi/token", ["IDENTITY_HEADER"] = _header };
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>What a program needs to find it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Resource and client id of every token that was asked for.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>While set, there is no such identity.</summary>
    public bool KnowsNobody { get; set; }

    public void Dispose()
    {
        LoopbackListener.End(_listener);
        _serving.Wait();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true) await AnswerAsync(await _listener.GetContextAsync());
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        string? resource = request.QueryString["resource"];
        bool asked = request.Headers["X-IDENTITY-HEADER"] == _header && request.QueryString["api-version"] == "2019-08-01" && resource is not null;
        if (asked) _asked.Enqueue($"{resource} {request.QueryString["client_id"]}".Trim());
        JsonObject answer = asked && !KnowsNobody
            ? new JsonObject
            {
                ["access_token"] = FakeKeyVault.TokenFor(resource!),
                ["expires_on"] = $"{TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}",
                ["resource"] = resource,
                ["token_type"] = "Bearer",
            }
            : new JsonObject { ["statusCode"] = 400, ["message"] = "No User Assigned or Delegated Managed Identity found for specified ClientId." };
        byte[] body = Encoding.UTF8.GetBytes(answer.ToJsonString());
        context.Response.StatusCode = asked && !KnowsNobody ? 200 : 400;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
