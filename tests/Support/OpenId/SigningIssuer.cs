using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SshFunctions.Support.Http;

namespace SshFunctions.Support.OpenId;

/// <summary>An issuer on loopback that signs whatever a test wants: discovery, keys, and tokens of any shape.</summary>
public sealed class SigningIssuer : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Starts it on a free port, with one key of ES256.</summary>
    public SigningIssuer()
    {
        (_listener, Issuer) = LoopbackListener.Start();
        Keys = [SigningKey.Make("ES256")];
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Its <c>iss</c>.</summary>
    public string Issuer { get; }

    /// <summary>What its key set holds; the first signs.</summary>
    public IReadOnlyList<SigningKey> Keys { get; set; }

    /// <summary>Whether it answers 503 to everything.</summary>
    public bool IsAway { get; set; }

    /// <summary>Where it sends everybody who asks for keys; null for nowhere.</summary>
    public string? MovedTo { get; set; }

    /// <summary>What its discovery document says; null for the truth.</summary>
    public string? Discovery { get; set; }

    /// <summary>What its key set is; null for <see cref="Keys"/>.</summary>
    public string? KeySet { get; set; }

    /// <summary>What a code becomes; null for nothing.</summary>
    public string? Tokens { get; set; }

    /// <summary>Paths that were asked for, in order.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>How often the key set was asked for, answered or not.</summary>
    public int KeyRequests => _requests.Count(path => path == "/keys");

    /// <summary>What a CI job of GitHub Actions is given, for the audience <c>sshfn</c> and five minutes.</summary>
    /// <param name="now">When.</param>
    /// <param name="repository">For example <c>acme/app</c>.</param>
    /// <param name="reference">For example <c>refs/heads/main</c>.</param>
    public JsonObject CiClaims(DateTimeOffset now, string repository = "acme/app", string reference = "refs/heads/main") => new()
    {
        ["jti"] = Guid.NewGuid().ToString(),
        ["sub"] = $"repo:{repository}:ref:{reference}",
        ["aud"] = "sshfn",
        ["ref"] = reference,
        ["sha"] = "0d3b5a1c8f7e6d5c4b3a29180f7e6d5c4b3a2918",
        ["repository"] = repository,
        ["repository_owner"] = repository.Split('/')[0],
        ["environment"] = "production",
        ["run_id"] = "1234567890",
        ["actor"] = "octocat",
        ["event_name"] = "push",
        ["ref_protected"] = "true",
        ["job_workflow_ref"] = $"{repository}/.github/workflows/deploy.yml@{reference}",
        ["iss"] = Issuer,
        ["nbf"] = now.ToUnixTimeSeconds() - 5,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 300,
    };

    /// <summary>Signs claims with its first key.</summary>
    public string Sign(JsonObject claims) => Keys[0].Sign(claims);

    /// <inheritdoc/>
    public void Dispose()
    {
        LoopbackListener.End(_listener);
        _serving.Wait();
        foreach (SigningKey key in Keys) key.Dispose();
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
        string path = context.Request.Url!.AbsolutePath;
        _requests.Enqueue(path);
        string? answer = IsAway ? null : path switch
        {
            "/.well-known/openid-configuration" =>
                Discovery ?? new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/keys" }.ToJsonString(),
            "/keys" or "/elsewhere" => KeySet ?? new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.Jwk)]) }.ToJsonString(),
            "/token" => Tokens,
            _ => null,
        };
        byte[] body = Encoding.UTF8.GetBytes(answer ?? "away");
        context.Response.StatusCode = answer is null ? 503 : 200;
        if (path == "/keys" && MovedTo is not null) context.Response.Redirect(MovedTo);
        context.Response.ContentLength64 = body.Length;
        await context.Response.OutputStream.WriteAsync(body);
        context.Response.Close();
    }
}
