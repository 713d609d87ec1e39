using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.App.Tests.Hosting;

public sealed class ProblemsTests
{
    private static readonly Uri ProbePath = new(Probe.Path, UriKind.Relative);

    public static TheoryData<string, int> Statuses => new()
    {
        { nameof(Refusal.Invalid), 400 },
        { nameof(Refusal.Unauthenticated), 401 },
        { nameof(Refusal.Denied), 403 },
        { nameof(Refusal.NotFound), 404 },
        { nameof(Refusal.Conflict), 409 },
        { nameof(Refusal.TooMany), 429 },
        { nameof(Refusal.Unavailable), 503 },
    };

    [Theory(Timeout = 30_000)]
    [MemberData(nameof(Statuses))]
    public async Task Gives_each_refusal_its_status(string kind, int status)
    {
        Refusal refusal = Refusals().Single(refusal => refusal.GetType().Name == kind);
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Get(_ => Task.FromResult<IResult>(Problems.From(refusal))));

        using HttpResponseMessage response = await broker.Http.GetAsync(ProbePath);

        Problem problem = await response.ProblemAsync((HttpStatusCode)status);
        Assert.Equal((refusal.Detail, refusal.Fix), (problem.Detail, problem.Fix));
        Assert.Equal(status is 429 or 503 ? TimeSpan.FromSeconds(3) : null, response.Headers.RetryAfter?.Delta);
        Assert.Equal(status is 401 ? "Bearer" : "", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public void Knows_every_refusal_of_the_domain() => Assert.Equal(
        typeof(Refusal).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal),
        Refusals().Select(refusal => refusal.GetType().Name).Order(StringComparer.Ordinal));

    [Fact(Timeout = 30_000)]
    public async Task Tells_nothing_of_a_defect_but_the_id_under_which_the_log_has_it()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Get(_ => throw new InvalidOperationException("inner workings")));

        using HttpResponseMessage response = await broker.Http.GetAsync(ProbePath);

        Problem problem = await response.ProblemAsync(HttpStatusCode.InternalServerError);
        Assert.DoesNotContain("inner workings", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        JsonElement line = (await broker.StopAndReadLogAsync()).Single(line => line.GetProperty("event").GetString() == "Defect");
        Assert.Equal(problem.CorrelationId, line.GetProperty("correlationId").GetString());
        Assert.Contains("inner workings", line.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Says_that_the_store_is_away_and_when_to_come_back()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Get(_ => throw new StoreUnavailableException("disk is gone")));

        using HttpResponseMessage response = await broker.Http.GetAsync(ProbePath);

        Problem problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.DoesNotContain("disk", problem.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Takes_the_correlation_id_of_the_clients_trace()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nothing");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using HttpResponseMessage response = await broker.Http.SendAsync(request);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (await response.ProblemAsync(HttpStatusCode.NotFound)).CorrelationId);
    }

    [Fact(Timeout = 30_000)]
    public async Task Lists_the_methods_of_a_path_that_does_not_take_this_one()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();

        using HttpResponseMessage response = await broker.Http.DeleteAsync(new Uri(Routes.Health, UriKind.Relative));

        Assert.Equal(ProblemTypes.MethodNotAllowed, (await response.ProblemAsync(HttpStatusCode.MethodNotAllowed)).Type);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refuses_a_body_of_a_mebibyte(bool ofUnknownLength)
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Post<RegisterKeyRequest>());
        using var request = new HttpRequestMessage(HttpMethod.Post, ProbePath) { Content = Json(new string(' ', 1024 * 1024)) };
        request.Headers.ExpectContinue = true; // So that the answer comes before the body, and not a reset connection.
        request.Headers.TransferEncodingChunked = ofUnknownLength;

        using HttpResponseMessage response = await broker.Http.SendAsync(request);

        Assert.Equal(ProblemTypes.TooLarge, (await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge)).Type);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("text/plain", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    public async Task Refuses_a_body_that_is_not_declared_as_JSON(string? type, string? encoding)
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Post<RegisterKeyRequest>());
        using StringContent content = Json("{}");
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);

        using HttpResponseMessage response = await broker.Http.PostAsync(ProbePath, content);

        Assert.Equal(ProblemTypes.UnsupportedMediaType, (await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType)).Type);
    }

    [Fact(Timeout = 30_000)]
    public async Task Names_the_wrong_member_of_a_body()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.Post<RegisterKeyRequest>());
        using StringContent content = Json("""{"name":"n"}""");

        using HttpResponseMessage response = await broker.Http.PostAsync(ProbePath, content);

        Assert.Equal("publicKey", (await response.ProblemAsync(HttpStatusCode.BadRequest)).Field);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("/api\\health")]
    [InlineData("//api/health")]
    [InlineData("/api//health")]
    [InlineData("/api/%2e%2E/api/health")]
    [InlineData("/api%5Chealth")]
    [InlineData("/api/./health")]
    [InlineData("/api/x/../health")]
    [InlineData("/api/health/..")]
    [InlineData("http://HOST/api/health")]
    public async Task Refuses_a_target_that_two_servers_may_read_differently(string target)
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();

        string answer = await RawHttp.GetAsync(broker.Url, target.Replace("HOST", broker.Url.Authority, StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains(ProblemTypes.Invalid, answer, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Leaves_the_query_out_of_the_judgement_of_the_path()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await RawHttp.GetAsync(broker.Url, "/api/health?u=http://x/%2e"), StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("too many headers", 65, 1, "431")]
    [InlineData("headers too large", 1, 17_000, "431")]
    public async Task Refuses_headers_beyond_the_limits(string defect, int count, int length, string status)
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();
        string[] headers = [.. Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('a', length)}")];

        string answer = await RawHttp.GetAsync(broker.Url, Routes.Health, headers);

        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), defect);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static IReadOnlyList<Refusal> Refusals() =>
    [
        new Refusal.Invalid("name", "d", "f"),
        new Refusal.Unauthenticated("d", "f"),
        new Refusal.Denied("d", "f"),
        new Refusal.NotFound("d", "f"),
        new Refusal.Conflict("d", "f", "name"),
        new Refusal.TooMany("d", TimeSpan.FromSeconds(2.5)),
        new Refusal.Unavailable("d", TimeSpan.FromSeconds(3)),
    ];
}
