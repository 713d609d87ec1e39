using System.Text.Json;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Asks the metadata service of the cloud who this machine is.</summary>
/// <remarks>Source: Azure Instance Metadata Service, "managed identity": the header keeps requests out that a server was tricked into.</remarks>
internal static class ManagedIdentity
{
    internal const string DefaultAddress = "http://169.254.169.254";

    private const string Route = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=";
    private const int LargestAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A token of this machine for an audience.</summary>
    internal static async Task<string> FetchAsync(Uri metadata, string audience, CancellationToken cancellationToken)
    {
        using HttpClient http = Connect();
        using HttpRequestMessage request = new(HttpMethod.Get, metadata.AbsoluteUri.TrimEnd('/') + Route + Uri.EscapeDataString(audience));
        request.Headers.Add("Metadata", "true");
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            byte[] content = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.IsSuccessStatusCode && Read(content) is { } token ? token : throw new CommandFailedException(
                ExitCode.Failed, $"the metadata service answered {(int)response.StatusCode} and gave no token for {audience}",
                "does this machine have a managed identity, and does the audience exist?");
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw BrokerProblem.Unreachable(metadata, error as HttpRequestException, "the metadata service");
        }
    }

    // Never through a proxy: the service answers for whoever asks, and so it would for the proxy's machine.
    private static HttpClient Connect() => new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = Patience })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = LargestAnswerBytes,
    };

    internal static string? Read(byte[] content)
    {
        try
        {
            Utf8JsonReader reader = new(content);
            JsonElement answer = JsonElement.ParseValue(ref reader);
            return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("access_token", out JsonElement token)
                && token.ValueKind == JsonValueKind.String ? token.GetString() : null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: an escaped half of a surrogate pair, which is JSON and no text.
        }
    }
}
