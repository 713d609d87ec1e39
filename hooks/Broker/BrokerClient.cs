using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;
using SshFunctions.Hooks.Outside;
using SshFunctions.Hooks.SignIn;

namespace SshFunctions.Hooks.Broker;

/// <summary>Speaks the broker's API; whatever is not a success ends in a <see cref="CommandFailedException"/>.</summary>
internal sealed class BrokerClient : IDisposable
{
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(10);
    private const int LargestAnswerBytes = 16 * 1024 * 1024;

    private readonly Uri _broker;
    private readonly string? _token;
    private readonly HttpClient _http;

    /// <summary>Without a token only the open routes answer.</summary>
    internal BrokerClient(Uri broker, string? token, int largestAnswerBytes = LargestAnswerBytes)
        : this(broker, token, TotalTimeout, Settings.CaFile, largestAnswerBytes)
    {
    }

    internal BrokerClient(Uri broker, string? token, TimeSpan total, string? caFile, int largestAnswerBytes = LargestAnswerBytes)
    {
        _broker = broker;
        _token = token;
        _http = BrokerConnection.Open(broker, total, caFile);
        _http.MaxResponseContentBufferSize = largestAnswerBytes;
    }

    internal static BrokerClient SignedIn()
    {
        Credentials credentials = FreshCredentials.Require(Folders.Current());
        return new BrokerClient(credentials.Broker, credentials.Token);
    }

    internal Uri Broker => _broker;

    /// <summary>The broker's address as people write it.</summary>
    internal string Address => _broker.AbsoluteUri.TrimEnd('/');

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a header with every request from now on.</summary>
    internal void SayWithEach(string header, string value) => _http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

    internal Task<BrokerAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>As <see cref="GetAsync"/>; null for what does not exist.</summary>
    internal async Task<BrokerAnswer?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>As <see cref="GetAsync"/>, unless nothing changed since an answer with the tag.</summary>
    internal async Task<TaggedAnswer> GetIfChangedAsync(string path, string? tag, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, _broker.AbsoluteUri.TrimEnd('/') + path);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        (HttpResponseMessage response, byte[] content) = await SendAsync(request, cancellationToken);
        using (response)
        {
            string? answered = response.Headers.ETag?.ToString();
            if (response.StatusCode == HttpStatusCode.NotModified)
                return new TaggedAnswer(answered ?? tag, null);
            if (!response.IsSuccessStatusCode)
                throw BrokerProblem.Refusal(_broker, (int)response.StatusCode, content);
            response.Headers.TryGetValues(Routes.RevocationListSignatureHeader, out IEnumerable<string>? signatures);
            return new TaggedAnswer(answered, content, signatures?.FirstOrDefault());
        }
    }

    internal Task<BrokerAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    internal Task<BrokerAnswer> PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, null, cancellationToken);

    internal Task<BrokerAnswer> PostAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancellationToken);

    internal Task<BrokerAnswer> PutAsync<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancellationToken);

    /// <summary>Hands over an answer of any length as it comes; only its beginning must come in time.</summary>
    internal async Task DownloadAsync(string path, Func<Stream, Task> take, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Address + path);
        if (_token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw BrokerProblem.Refusal(_broker, (int)response.StatusCode, await ReadRefusalAsync(response.Content, cancellationToken));
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await take(body);
        }
        catch (HttpRequestException error)
        {
            throw BrokerProblem.Unreachable(_broker, error);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokerProblem.Unreachable(_broker, null);
        }
    }

    // The client's own limits hold for the answer's head alone here.
    private async Task<byte[]> ReadRefusalAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_http.Timeout);
        await content.LoadIntoBufferAsync(_http.MaxResponseContentBufferSize, deadline.Token);
        return await content.ReadAsByteArrayAsync(deadline.Token);
    }

    private async Task<BrokerAnswer> SendAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, Address + path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        (HttpResponseMessage response, byte[] content) = await SendAsync(request, cancellationToken);
        using (response)
            return response.IsSuccessStatusCode ? new BrokerAnswer(content) : throw BrokerProblem.Refusal(_broker, (int)response.StatusCode, content);
    }

    private async Task<(HttpResponseMessage Response, byte[] Content)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + _token);
        try
        {
            HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            return (response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException error)
        {
            throw BrokerProblem.Unreachable(_broker, error);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokerProblem.Unreachable(_broker, null);
        }
    }
}
