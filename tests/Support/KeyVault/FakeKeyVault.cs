using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Support.KeyVault;

/// <summary>Vaults under real names over TLS, behind a proxy on loopback: secrets, keys that sign, faults on demand; and the token endpoint.</summary>
/// <remarks>
/// A program reaches it with HTTPS_PROXY and SSL_CERT_FILE (<see cref="Environment"/>), a test with <see cref="CreateHandler"/>; so
/// addresses, token scopes and certificates are those of Azure. Every vault of <c>vault.azure.net</c> has the same content.
/// Source: Key Vault REST API 7.4.
/// </remarks>
public sealed class FakeKeyVault : IAsyncDisposable
{
    public const string Url = "https://acme.vault.azure.net";
    public const string Resource = "https://vault.azure.net";
    public const string Authority = "https://login.microsoftonline.com";

    // Small, so that a third version is on a second page.
    private const int PageSize = 2;

    private readonly FakeVaultCertificate _certificate;
    private readonly ConcurrentDictionary<string, List<FakeVaultVersion>> _content = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _tokenRequests = new();
    private readonly WebApplication _app;
    private readonly ConnectProxy _proxy;

    private FakeKeyVault(WebApplication app, int port, FakeVaultCertificate certificate)
    {
        (_app, _certificate, _proxy) = (app, certificate, new ConnectProxy(port));
    }

    /// <summary>While set, what comes is told to wait; the text is the Retry-After header, empty for none.</summary>
    public string? Throttles { get; set; }

    /// <summary>With what status it tells so.</summary>
    public int ThrottleStatus { get; set; } = 429;

    /// <summary>How many of the next requests fail with 500.</summary>
    public int Failures { get; set; }

    /// <summary>While set, what comes is never answered.</summary>
    public bool Hangs { get; set; }

    /// <summary>While set, answers are these bytes.</summary>
    public string? AnswersWith { get; set; }

    /// <summary>While set, signatures come out wrong.</summary>
    public bool Miscalculates { get; set; }

    /// <summary>While set, signatures lack their last byte.</summary>
    public bool CutsSignatures { get; set; }

    /// <summary>While set, signatures are said to be of this key.</summary>
    public string? SignsAs { get; set; }

    /// <summary>While set, lists go on there.</summary>
    public string? ListsGoOnAt { get; set; }

    /// <summary>Every request with a token that counts: method and path.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Every scope that the token endpoint was asked for.</summary>
    public IReadOnlyList<string> TokenRequests => [.. _tokenRequests];

    /// <summary>Ends when a request has begun to hang.</summary>
    public TaskCompletionSource Reached { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a program needs to take this for Azure.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HTTPS_PROXY"] = _proxy.Address,
        ["SSL_CERT_FILE"] = _certificate.AuthorityFile,
    };

    public static async Task<FakeKeyVault> StartAsync()
    {
        var certificate = new FakeVaultCertificate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(certificate.Server)));
        WebApplication app = builder.Build();
        FakeKeyVault? vault = null;
        app.Run(context => vault!.ServeAsync(context));
        await app.StartAsync();
        return vault = new FakeKeyVault(app, new Uri(app.Urls.First()).Port, certificate);
    }

    /// <summary>A token as this vault takes it.</summary>
    /// <param name="resource">What it is for.</param>
    public static string TokenFor(string resource) => $"fake.{Convert.ToHexString(Encoding.UTF8.GetBytes(resource))}.token";

    /// <summary>Goes through the proxy and trusts the vault.</summary>
    public HttpMessageHandler CreateHandler() => _certificate.CreateHandler(_proxy.Address);

    /// <summary>Puts a new version of a secret in.</summary>
    public FakeVaultVersion AddSecret(string name, string value) => Add("secrets", name, new FakeVaultVersion { Value = value });

    /// <summary>Puts a new version of a key in.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="key">ECDSA, RSA or Ed25519; stays the caller's.</param>
    /// <param name="hsm">Whether it says that an HSM holds it.</param>
    public FakeVaultVersion AddKey(string name, SshPrivateKey key, bool hsm = false) => AddKey(name, FakeSigningKey.Of(key), hsm);

    /// <summary>Puts a new version of a key in.</summary>
    public FakeVaultVersion AddKey(string name, FakeSigningKey key, bool hsm = false) =>
        Add("keys", name, new FakeVaultVersion { Key = key, IsInHsm = hsm });

    public async ValueTask DisposeAsync()
    {
        _proxy.Dispose();
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private FakeVaultVersion Add(string collection, string name, FakeVaultVersion version)
    {
        List<FakeVaultVersion> versions = _content.GetOrAdd($"{collection}/{name}", _ => []);
        lock (versions)
        {
            version.Created = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + versions.Count);
            version.Address = $"{Url}/{collection}/{name}/{version.Version}";
            versions.Add(version);
        }

        return version;
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Host.Host == new Uri(Authority).Host)
        {
            await GiveTokenAsync(context);
            return;
        }

        if (context.Request.Headers.Authorization != $"Bearer {TokenFor(Resource)}")
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer authorization=\"{Authority}/tenant\", resource=\"{Resource}\"";
            await AnswerAsync(context, 401, Error("Unauthorized", null));
            return;
        }

        _requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (Hangs)
        {
            Reached.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else if (Throttles is { } wait)
        {
            if (wait.Length > 0) context.Response.Headers.RetryAfter = wait;
            await AnswerAsync(context, ThrottleStatus, Error("Throttled", null));
        }
        else if (Failures > 0)
        {
            Failures--;
            await AnswerAsync(context, 500, Error("InternalServerError", null));
        }
        else if (AnswersWith is { } text)
        {
            await context.Response.WriteAsync(text);
        }
        else
        {
            (int status, JsonObject answer) = await AnswerToAsync(context.Request);
            await AnswerAsync(context, status, answer);
        }
    }

    private async Task<(int Status, JsonObject Answer)> AnswerToAsync(HttpRequest request)
    {
        string[] path = request.Path.Value!.Split('/')[1..];
        if (await ChangeAsync(request, path) is { } changed) return changed;
        if (request.Query["api-version"].Count != 1 || path.Length < 2 || !_content.TryGetValue($"{path[0]}/{path[1]}", out List<FakeVaultVersion>? versions))
            return (404, Error("NotFound", null));
        FakeVaultVersion[] all;
        lock (versions) all = [.. versions];
        if (path is [_, _, "versions"]) return (200, ListFrom(request, all));
        FakeVaultVersion? version = path.Length > 2 ? all.FirstOrDefault(one => one.Version == path[2]) : all[^1];
        return (path, version) switch
        {
            (_, null) => (404, Error("NotFound", null)),
            (["secrets", ..], { Enabled: false }) => (403, Error("Forbidden", "SecretDisabled")),
            (["keys", _, _, "sign"], { Enabled: false }) => (403, Error("Forbidden", "KeyDisabled")),
            (["keys", _, _, "sign"], _) => (200, Sign(version, (await JsonNode.ParseAsync(request.Body))!.AsObject())),
            _ => (200, version.ToJson()),
        };
    }

    private async Task<(int Status, JsonObject Answer)?> ChangeAsync(HttpRequest request, string[] path)
    {
        switch (request.Method, path)
        {
            case ("POST", ["keys", var name, "create"]):
                JsonNode order = (await JsonNode.ParseAsync(request.Body))!;
                return (200, AddKey(name, Generate(order), ((string)order["kty"]!).EndsWith("-HSM", StringComparison.Ordinal)).ToJson());
            case ("PUT", ["secrets", var name]):
                return (200, AddSecret(name, (string)(await JsonNode.ParseAsync(request.Body))!["value"]!).ToJson());
            case ("DELETE", [var collection, var name]):
                return _content.TryRemove($"{collection}/{name}", out _) ? (200, new JsonObject { ["recoveryId"] = $"{Url}/deleted{collection}/{name}" }) : (404, Error("NotFound", null));
            default:
                return null;
        }
    }

    private static FakeSigningKey Generate(JsonNode order) => (string?)order["crv"] switch
    {
        "P-256" => FakeSigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        "P-384" => FakeSigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        "P-521" => FakeSigningKey.Of(ECDsa.Create(ECCurve.NamedCurves.nistP521)),
        _ => FakeSigningKey.Of(RSA.Create((int)order["key_size"]!)),
    };

    private JsonObject ListFrom(HttpRequest request, FakeVaultVersion[] all)
    {
        int from = int.TryParse(request.Query["skip"], CultureInfo.InvariantCulture, out int skip) ? skip : 0;
        string? next = ListsGoOnAt ?? (from + PageSize < all.Length ? $"{Url}{request.Path}?api-version=7.4&skip={from + PageSize}" : null);
        return new JsonObject
        {
            ["value"] = new JsonArray([.. all.Skip(from).Take(PageSize).Select(version => version.ToListItem())]),
            ["nextLink"] = next,
        };
    }

    private JsonObject Sign(FakeVaultVersion version, JsonObject order)
    {
        byte[] digest = System.Buffers.Text.Base64Url.DecodeFromChars((string)order["value"]!);
        byte[] signature = version.Key!.Sign((string)order["alg"]!, digest);
        if (Miscalculates) signature[^1] ^= 1;
        return new JsonObject
        {
            ["kid"] = SignsAs ?? version.Address,
            ["value"] = System.Buffers.Text.Base64Url.EncodeToString(CutsSignatures ? signature[..^1] : signature),
        };
    }

    private async Task GiveTokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        string scope = form["scope"].ToString();
        _tokenRequests.Enqueue($"{context.Request.Path} {form["client_id"]} {form["client_assertion"]} {scope}");
        await AnswerAsync(context, 200, new JsonObject
        {
            ["access_token"] = TokenFor(scope.Replace("/.default", "", StringComparison.Ordinal)),
            ["expires_in"] = 3599,
            ["token_type"] = "Bearer",
        });
    }

    private static JsonObject Error(string code, string? inner) => new()
    {
        ["error"] = new JsonObject { ["code"] = code, ["message"] = "words of the vault", ["innererror"] = inner is null ? null : new JsonObject { ["code"] = inner } },
    };

    private static Task AnswerAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }
}
