using System.Net;
using System.Text.Json;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>Asks an issuer: for its discovery document, for the key set that it names, for the tokens of a code. Follows no redirect.</summary>
internal sealed partial class IssuerClient : IDisposable
{
    private const int MaximumBytes = 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly Uri _discovery;
    private readonly string _issuer;
    private readonly HttpClient _http;

    /// <param name="issuer">Its <c>iss</c>.</param>
    public IssuerClient(string issuer)
    {
        _issuer = issuer;
        // Source: OpenID Connect Discovery 1.0, section 4: a trailing slash is removed before the path is appended.
        _discovery = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !_discovery.IsLoopback,
            // DNS is asked again; the broker asks an issuer every ten minutes at most.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        {
            Timeout = Timeout,
            MaxResponseContentBufferSize = MaximumBytes,
        };
    }

    /// <summary>Whether nobody on the way can put keys of his own in: https, or this machine.</summary>
    public static bool IsTrustworthy(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    /// <summary>Fetches them.</summary>
    /// <returns>The keys, or <see cref="Refusal.Invalid"/> with the reason, for the log.</returns>
    public Task<Result<IssuerKeySet>> FetchKeysAsync(CancellationToken cancellationToken) => AskAsync<IssuerKeySet>(async () =>
    {
        if (!(await GetAsync(_discovery, cancellationToken)).Try(out byte[]? discovery, out Refusal? refusal)
            || !ReadAddress(discovery, "jwks_uri").Try(out Uri? address, out refusal)
            || !(await GetAsync(address, cancellationToken)).Try(out byte[]? keys, out refusal))
            return refusal;
        return IssuerKeySet.Parse(keys);
    }, cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>An issuer that is away is an outcome, for the log.</summary>
    private async Task<Result<T>> AskAsync<T>(Func<Task<Result<T>>> ask, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException away)
        {
            return new Refusal.Invalid(null, away.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Refusal.Invalid(null, $"{_discovery.Authority} did not answer within {Timeout.TotalSeconds:F0} s");
        }
    }

    private async Task<Result<byte[]>> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.GetAsync(address, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
            : new Refusal.Invalid(null, $"{address} answered {(int)answer.StatusCode}");
    }

    // Source: OpenID Connect Discovery 1.0, section 4.3: the document's issuer is the one it was asked of, or the document is refused.
    private Result<Uri> ReadAddress(byte[] discovery, string member)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(discovery, Strict);
            if (Text(document.RootElement, "issuer") != _issuer)
                return new Refusal.Invalid(null, $"{_discovery} is the document of another issuer");
            return Uri.TryCreate(Text(document.RootElement, member), UriKind.Absolute, out Uri? address)
                && (address.Scheme == Uri.UriSchemeHttps || (_discovery.IsLoopback && IsTrustworthy(address)))
                    ? address
                    : new Refusal.Invalid(null, $"{_discovery} names no https {member}");
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return new Refusal.Invalid(null, $"{_discovery} is not JSON");
        }
    }

    private static string? Text(JsonElement root, string member) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
