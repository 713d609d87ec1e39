using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;

namespace SshFunctions.Support.Broker;

/// <summary>The HTTP API as one caller uses it.</summary>
public sealed class BrokerApi : IDisposable
{
    private const int PageSize = 200;

    /// <summary>Makes it; sends nothing yet.</summary>
    /// <param name="url">The broker's address.</param>
    /// <param name="token"><c>id.secret</c>; null for nobody.</param>
    public BrokerApi(Uri url, string? token)
    {
        Token = token;
        Http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
        if (token is not null) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The credential; null for nobody.</summary>
    public string? Token { get; }

    /// <summary>For requests that are none of the contract's.</summary>
    public HttpClient Http { get; }

    /// <summary>Sends a JSON text as it is.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">With <c>/api</c>.</param>
    /// <param name="json">The body; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? json = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request, cancellationToken);
    }

    /// <summary>Reads a record of the contract.</summary>
    /// <exception cref="HttpRequestException">The broker refused; the message holds its problem document.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken = default) =>
        await ReadAsync<T>(await Http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken), cancellationToken);

    /// <summary>Posts a record of the contract and reads the answer.</summary>
    /// <exception cref="HttpRequestException">The broker refused; the message holds its problem document.</exception>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, CancellationToken cancellationToken = default) =>
        await ReadAsync<TAnswer>(await Http.PostAsJsonAsync(path, body, Contract<TBody>(), cancellationToken), cancellationToken);

    /// <summary>Puts a record of the contract and reads the answer.</summary>
    /// <exception cref="HttpRequestException">The broker refused; the message holds its problem document.</exception>
    public async Task<TAnswer> PutAsync<TBody, TAnswer>(string path, TBody body, CancellationToken cancellationToken = default) =>
        await ReadAsync<TAnswer>(await Http.PutAsJsonAsync(path, body, Contract<TBody>(), cancellationToken), cancellationToken);

    /// <summary>Reads every page of a list.</summary>
    /// <param name="path">With <c>/api</c>; may have a query.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string path, CancellationToken cancellationToken = default)
    {
        var items = new List<T>();
        string? after = null;
        do
        {
            string page = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={PageSize}";
            if (after is not null) page += $"&after={Uri.EscapeDataString(after)}";
            Page<T> read = await GetAsync<Page<T>>(page, cancellationToken);
            items.AddRange(read.Items);
            after = read.Next;
        }
        while (after is not null);
        return items;
    }

    /// <summary>Makes a token of a person without groups.</summary>
    /// <returns><c>id.secret</c>.</returns>
    public async Task<string> CreateTokenAsync(string subject, CancellationToken cancellationToken = default) =>
        (await PostAsync<CreateAccessTokenRequest, CreatedAccessTokenResponse>(
            Routes.Tokens, new CreateAccessTokenRequest("test", Subject: subject), cancellationToken)).Token;

    /// <summary>Makes a resource, and the project and environment above it.</summary>
    /// <param name="path"><c>project/environment/resource</c>.</param>
    /// <param name="resource">What it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PutResourceAsync(string path, ResourceRequest resource, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Split('/') is not [string project, string environment, string name])
            throw new ArgumentException("a resource has three names", nameof(path));
        string above = $"{Routes.Projects}/{project}";
        await PutAsync<ProjectRequest, ProjectResponse>(above, new ProjectRequest(), cancellationToken);
        above += $"/environments/{environment}";
        await PutAsync<EnvironmentRequest, EnvironmentResponse>(above, new EnvironmentRequest(), cancellationToken);
        await PutAsync<ResourceRequest, ResourceResponse>($"{above}/resources/{name}", resource, cancellationToken);
    }

    /// <summary>Lets a person connect.</summary>
    /// <param name="id">The grant's identifier.</param>
    /// <param name="subject">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<GrantResponse> GrantAsync(string id, string subject, string path, CancellationToken cancellationToken = default) =>
        PutAsync<GrantRequest, GrantResponse>(
            $"{Routes.Grants}/{id}", new GrantRequest(path, "developer", Subject: subject), cancellationToken);

    /// <summary>Asks for a certificate for a resource.</summary>
    public Task<UserCertificateResponse> IssueAsync(
        string publicKey, string resource, string login, CancellationToken cancellationToken = default) =>
        PostAsync<IssueUserCertificateRequest, UserCertificateResponse>(
            Routes.UserCertificates, new IssueUserCertificateRequest(publicKey, Resource: resource, Login: login), cancellationToken);

    /// <summary>Every entry of one kind in the journal, newest first.</summary>
    public Task<IReadOnlyList<JournalEntryResponse>> JournalAsync(string kind, CancellationToken cancellationToken = default) =>
        ListAsync<JournalEntryResponse>($"{Routes.Journal}?event={kind}", cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private static JsonTypeInfo<T> Contract<T>() =>
        (JsonTypeInfo<T>)(ApiJson.Default.GetTypeInfo(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not of the contract"));

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = response;
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}", null, answer.StatusCode);
        }

        return await answer.Content.ReadFromJsonAsync(Contract<T>(), cancellationToken)
            ?? throw new HttpRequestException("the answer is null");
    }
}
