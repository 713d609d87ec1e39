using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Speaks with an identity provider: https, or http on loopback, with bounded answers and no redirects.</summary>
internal static class OpenIdHttp
{
    private const int LargestAnswerBytes = 256 * 1024;
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(10);

    internal static async Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        (int status, T? answer) = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address), type, cancellationToken);
        return status == 200 && answer is not null ? answer : throw Unexpected(address, status);
    }

    /// <summary>Posts a form; the answer is null when it is not of the type.</summary>
    internal static Task<(int Status, T? Answer)> PostAsync<T>(
        Uri address, IEnumerable<KeyValuePair<string, string>> form, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) }, type, cancellationToken);

    /// <summary>An address that a provider or the credentials file names.</summary>
    internal static Uri Address(string? text, string what)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.UserInfo.Length == 0 && BrokerAddress.KeepsSecrets(address))
            return address;
        throw new CommandFailedException(ExitCode.Failed, $"the identity provider's {what} is not an https address", "its operator, or the broker's, can tell why");
    }

    internal static CommandFailedException Unexpected(Uri address, int status) => new(
        status >= 500 ? ExitCode.Unavailable : ExitCode.Failed,
        $"the identity provider {address.GetLeftPart(UriPartial.Authority)} answered {status} without what was expected",
        "is the broker's configuration of the issuer right?");

    private static async Task<(int Status, T? Answer)> SendAsync<T>(
        HttpRequestMessage message, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using HttpRequestMessage request = message;
        using HttpClient http = BrokerConnection.Open(request.RequestUri!, TotalTimeout);
        http.MaxResponseContentBufferSize = LargestAnswerBytes;
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            return ((int)response.StatusCode, Read(await response.Content.ReadAsByteArrayAsync(cancellationToken), type));
        }
        catch (HttpRequestException error)
        {
            throw BrokerProblem.Unreachable(request.RequestUri!, error, "the identity provider");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokerProblem.Unreachable(request.RequestUri!, null, "the identity provider");
        }
    }

    private static T? Read<T>(byte[] content, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(content, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
