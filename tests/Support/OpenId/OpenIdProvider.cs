using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SshFunctions.Support.Files;

namespace SshFunctions.Support.OpenId;

/// <summary>A real OpenID Connect provider on loopback: <c>oidc-provider</c>, the certified one of the Node.js world.</summary>
/// <remarks>
/// Everybody has an account there: alice is <c>alice@example.com</c>, verified, without groups, until <see cref="SetClaimsAsync"/> says
/// otherwise. It does not outlive the test process. Its keys, grants and refresh tokens outlive <see cref="StopAsync"/>.
/// </remarks>
public sealed class OpenIdProvider : IAsyncDisposable
{
    /// <summary>A public client for the device flow; its ID tokens are signed with ES256.</summary>
    public const string ClientId = "sshfn";

    /// <summary>The same with RS256.</summary>
    public const string RsaClientId = "sshfn-rsa";

    private const string DeviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private readonly TemporaryFolder _folder;
    private readonly HttpClient _http;
    private readonly int _port;
    private ProviderProcess? _process;

    private OpenIdProvider(ProviderProcess process, TemporaryFolder folder)
    {
        _process = process;
        _folder = folder;
        _port = process.Port;
        Issuer = $"http://127.0.0.1:{_port}";
        _http = new HttpClient { BaseAddress = new Uri(Issuer), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>Its <c>iss</c>, and the address of its discovery without the well-known path.</summary>
    public string Issuer { get; }

    /// <summary>Starts it on a free port and returns when it listens.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<OpenIdProvider> StartAsync(CancellationToken cancellationToken = default)
    {
        var folder = new TemporaryFolder();
        return new OpenIdProvider(await ProviderProcess.StartAsync(folder["state.json"], 0, cancellationToken), folder);
    }

    /// <summary>Ends it, as an outage does.</summary>
    public async Task StopAsync()
    {
        if (_process is null) return;
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Starts it again where it was, with the keys, grants and refresh tokens it had.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default) =>
        _process ??= await ProviderProcess.StartAsync(_folder["state.json"], _port, cancellationToken);

    /// <summary>Makes new keys that sign from now on.</summary>
    /// <param name="keepOld">Whether the old ones stay in the key set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RotateKeysAsync(bool keepOld, CancellationToken cancellationToken = default) =>
        CommandAsync(new JsonObject { ["command"] = "rotate", ["keepOld"] = keepOld }, cancellationToken);

    /// <summary>Puts claims of a person on top of the usual ones; null takes a claim away.</summary>
    /// <param name="user">Who.</param>
    /// <param name="claims">For example <c>{"groups":["developers"],"email_verified":false}</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SetClaimsAsync(string user, JsonObject claims, CancellationToken cancellationToken = default) =>
        CommandAsync(new JsonObject { ["command"] = "user", ["user"] = user, ["claims"] = claims }, cancellationToken);

    /// <summary>Sets how long tokens live that are made from now on; ten minutes at first.</summary>
    /// <param name="life">Of ID tokens and access tokens; whole seconds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SetLifeAsync(TimeSpan life, CancellationToken cancellationToken = default)
    {
        var seconds = new JsonObject { ["idToken"] = (long)life.TotalSeconds, ["accessToken"] = (long)life.TotalSeconds };
        return CommandAsync(new JsonObject { ["command"] = "lifetimes", ["seconds"] = seconds }, cancellationToken);
    }

    /// <summary>Signs a person in and agrees to what a device asked for, as a browser would.</summary>
    /// <param name="userCode">What the device shows.</param>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ApproveAsync(string userCode, string user, CancellationToken cancellationToken = default) =>
        CommandAsync(new JsonObject { ["command"] = "approve", ["userCode"] = userCode, ["user"] = user }, cancellationToken);

    /// <summary>Refuses what a device asked for.</summary>
    /// <param name="userCode">What the device shows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DenyAsync(string userCode, CancellationToken cancellationToken = default) =>
        CommandAsync(new JsonObject { ["command"] = "deny", ["userCode"] = userCode }, cancellationToken);

    /// <summary>The whole device flow for a person.</summary>
    /// <param name="user">Who.</param>
    /// <param name="clientId">Through which client.</param>
    /// <param name="resource">The audience of the access token, an absolute URI, which makes that a JSON web token; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<OpenIdTokens> SignInAsync(
        string user, string clientId = ClientId, string? resource = null, CancellationToken cancellationToken = default)
    {
        var ask = new Dictionary<string, string> { ["client_id"] = clientId, ["scope"] = "openid email groups offline_access" };
        if (resource is not null) ask["resource"] = resource;
        JsonElement device = await PostAsync("/device/auth", ask, cancellationToken);
        await ApproveAsync(device.GetProperty("user_code").GetString()!, user, cancellationToken);
        JsonElement answer = await PostAsync(
            "/token",
            new() { ["client_id"] = clientId, ["grant_type"] = DeviceCodeGrant, ["device_code"] = device.GetProperty("device_code").GetString()! },
            cancellationToken);
        return new OpenIdTokens(
            answer.GetProperty("id_token").GetString()!,
            answer.GetProperty("access_token").GetString()!,
            answer.TryGetProperty("refresh_token", out JsonElement refresh) ? refresh.GetString() : null);
    }

    /// <summary>Ends it and removes what it kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private Task CommandAsync(JsonObject command, CancellationToken cancellationToken) =>
        _process is { } running ? running.CommandAsync(command, cancellationToken) : throw new InvalidOperationException("the provider is stopped");

    private async Task<JsonElement> PostAsync(string path, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return answer.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{(int)answer.StatusCode} {body}");
    }
}
