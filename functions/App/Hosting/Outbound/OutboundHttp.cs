using System.Net.Http.Headers;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Posts to addresses outside of the broker. Follows no redirect: who answers with one is not who was named.</summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MaximumAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaximumAnswerBytes,
    };

    /// <summary>Posts a JSON body.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="headers">What else it carries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What a success was answered with; a refusal names the receiver's host and nothing of the address beyond it.</returns>
    public async Task<Result<byte[]>> PostAsync(
        OutboundAddress address, ReadOnlyMemory<byte> body, IEnumerable<(string Name, string Value)> headers, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        foreach ((string name, string value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsByteArrayAsync(cancellationToken)
                : Away(address, $"answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException away)
        {
            return Away(address, $"can't be reached: {away.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Away(address, $"did not answer within {Timeout.TotalSeconds:F0} s");
        }
    }

    public void Dispose() => _http.Dispose();

    private static Refusal.Unavailable Away(OutboundAddress address, string what) => new($"{address} {what}", TimeSpan.Zero);
}
