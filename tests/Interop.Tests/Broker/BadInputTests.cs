using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SshFunctions.Api;
using SshFunctions.Support.Broker;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>Each gets a problem document that names the field and the fix, and nothing is stored.</summary>
public sealed class BadInputTests(BadInputBroker broker) : IClassFixture<BadInputBroker>
{
    private const int Patience = 60_000;

    public static TheoryData<string> Rows => [.. BadInput.All.Select(row => row.ToString()).Distinct()];

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Rows))]
    public async Task Is_refused_with_its_field_and_fix(string name)
    {
        string before = await broker.StoredAsync();
        foreach (BadInput row in BadInput.All.Where(row => row.ToString() == name))
        {
            BrokerApi caller = row.IsOfHost ? broker.Host : broker.Admin;
            using HttpResponseMessage answer = await caller.SendAsync(new HttpMethod(row.Method), broker.Fill(row.Path), row.Body is { } body ? broker.Fill(body) : null);
            Problem problem = await ProblemAsync(answer);
            Assert.Equal((row.Status, row.Type, row.Field), (problem.Status, problem.Type, problem.Field));
            Assert.Contains(row.Fix, problem.Fix ?? "", StringComparison.Ordinal);
        }

        Assert.Equal(before, await broker.StoredAsync());
    }

    [Theory(Timeout = Patience)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Is_refused_when_it_is_not_declared_as_json(string type)
    {
        using var content = new StringContent("{}");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage answer = await broker.Admin.Http.PostAsync(new Uri(Routes.Keys, UriKind.Relative), content);

        Problem problem = await ProblemAsync(answer);
        Assert.Equal((415, ProblemTypes.UnsupportedMediaType), (problem.Status, problem.Type));
        Assert.Contains("Content-Type: application/json", problem.Fix, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_refused_when_it_grows_beyond_the_limit_without_saying_how_long_it_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Routes.Keys)
        {
            Content = new StringContent($$"""{"name":"{{new string('a', 1 << 20)}}"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage answer = await broker.Admin.Http.SendAsync(request);

        Assert.Equal(ProblemTypes.TooLarge, (await ProblemAsync(answer)).Type);
    }

    [Theory(Timeout = Patience)]
    [InlineData("no token", null)]
    [InlineData("a token without a secret", "Bearer abc")]
    [InlineData("an unknown token", "Bearer aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("another scheme", "Basic YTpi")]
    [InlineData("a wrong secret", "Bearer ID.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("a secret cut short", "Bearer SHORT")]
    public async Task Is_refused_to(string who, string? header)
    {
        string before = await broker.StoredAsync();
        string token = broker.Admin.Token!;
        header = header?.Replace("ID", token.Split('.')[0], StringComparison.Ordinal).Replace("SHORT", token[..^1], StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/projects/other") { Content = JsonContent.Create(new { }) };
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
        using HttpResponseMessage answer = await broker.Anonymous.Http.SendAsync(request);

        Problem problem = await ProblemAsync(answer);
        Assert.Equal((who, 401, ProblemTypes.Unauthenticated), (who, problem.Status, problem.Type));
        Assert.False(string.IsNullOrWhiteSpace(problem.Fix));
        Assert.Equal(before, await broker.StoredAsync());
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(PrivateKeySample.Names), MemberType = typeof(PrivateKeySample))]
    public async Task Of_a_private_key_in_any_field_leaves_no_trace_of_it(string name)
    {
        PrivateKeySample sample = PrivateKeySample.All[name];
        string before = await broker.StoredAsync();
        foreach ((HttpMethod method, string path, string field, string body) in sample.Requests())
        {
            using HttpResponseMessage answer = await broker.Admin.SendAsync(method, path, body);
            string text = await answer.Content.ReadAsStringAsync();
            Problem problem = await ProblemAsync(answer);
            Assert.Equal((path, field, 400, ProblemTypes.Invalid), (path, problem.Field, problem.Status, problem.Type));
            Assert.False(string.IsNullOrWhiteSpace(problem.Fix), $"no fix: {text}");
            Assert.Empty(sample.TracesIn(System.Text.Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(before, await broker.StoredAsync());
        Assert.Empty(sample.TracesIn(System.Text.Encoding.UTF8.GetBytes(broker.Log)));
        foreach (string file in Directory.EnumerateFiles(broker.Data, "*", SearchOption.AllDirectories))
            Assert.Empty(sample.TracesIn(await ReadSharedAsync(file)).Select(trace => $"{trace} in {file}"));
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Problem problem = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.Problem))!;
        Assert.Equal(answer.StatusCode, (HttpStatusCode)problem.Status);
        Assert.Matches("^[0-9a-f]{32}$", problem.CorrelationId);
        return problem;
    }

    // The broker has them open, one of them under a lock that only another lock minds.
    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        using var copy = new MemoryStream();
        using var cat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true })!;
        await cat.StandardOutput.BaseStream.CopyToAsync(copy);
        await cat.WaitForExitAsync();
        Assert.Equal(0, cat.ExitCode);
        return copy.ToArray();
    }
}
