using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Tests.Hosting;

public sealed class CallerAuthenticationTests
{
    private readonly OneTokenAuthenticator _authenticator = new();

    [Theory(Timeout = 30_000)]
    [InlineData("Authorization: Bearer id1.right")]
    [InlineData("Authorization: bearer id1.right")]
    [InlineData("Sshfn-Client-Id: id1|Sshfn-Client-Secret: right")]
    public async Task Lets_a_proved_caller_in(string headers)
    {
        await using RunningBroker broker = await StartAsync();

        string answer = await RawHttp.GetAsync(broker.Url, Probe.Path, headers.Split('|'));

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("alice", answer, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("no credential", "Accept: */*")]
    [InlineData("both forms", "Authorization: Bearer id1.right|Sshfn-Client-Id: id1|Sshfn-Client-Secret: right")]
    [InlineData("two Authorization headers", "Authorization: Bearer id1.right|Authorization: Bearer id1.right")]
    [InlineData("two secrets", "Sshfn-Client-Id: id1|Sshfn-Client-Secret: right|Sshfn-Client-Secret: right")]
    [InlineData("another scheme", "Authorization: Basic aWQxOnJpZ2h0")]
    [InlineData("scheme alone", "Authorization: Bearer")]
    [InlineData("no dot", "Authorization: Bearer id1")]
    [InlineData("empty id", "Authorization: Bearer .right")]
    [InlineData("empty secret", "Authorization: Bearer id1.")]
    [InlineData("blank inside", "Authorization: Bearer id1.ri ght")]
    [InlineData("two in one header", "Authorization: Bearer id1.right, Bearer id1.right")]
    [InlineData("tab inside", "Authorization: Bearer id1.ri\tght")]
    [InlineData("not ASCII", "Authorization: Bearer id1.\u00e9")]
    [InlineData("id alone", "Sshfn-Client-Id: id1")]
    [InlineData("secret alone", "Sshfn-Client-Secret: right")]
    public async Task Refuses_an_unsound_credential_unasked_and_says_what_to_send(string defect, string headers)
    {
        await using RunningBroker broker = await StartAsync();

        string answer = await RawHttp.GetAsync(broker.Url, Probe.Path, headers.Split('|'));

        // Kestrel itself refuses header bytes that are not UTF-8.
        Assert.StartsWith(defect == "not ASCII" ? "HTTP/1.1 400 " : "HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        if (defect != "not ASCII")
            Assert.Contains("\"fix\":\"send ", answer, StringComparison.Ordinal);
        Assert.Equal(0, _authenticator.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Refuses_a_credential_of_more_than_four_kibibytes_unasked()
    {
        await using RunningBroker broker = await StartAsync();

        Assert.StartsWith(
            "HTTP/1.1 401 ",
            await RawHttp.GetAsync(broker.Url, Probe.Path, $"Authorization: Bearer id1.{new string('a', 4096)}"),
            StringComparison.Ordinal);
        Assert.Equal(0, _authenticator.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Passes_the_refusal_of_a_wrong_secret_on()
    {
        await using RunningBroker broker = await StartAsync();
        broker.Http.DefaultRequestHeaders.Add("Authorization", "Bearer id1.wrong");

        using HttpResponseMessage response = await broker.Http.GetAsync(new Uri(Probe.Path, UriKind.Relative));

        Assert.Equal("make a new one", (await response.ProblemAsync(HttpStatusCode.Unauthorized)).Fix);
    }

    [Fact(Timeout = 30_000)]
    public async Task Looks_at_no_credential_for_an_open_function()
    {
        await using RunningBroker broker = await StartAsync();
        broker.Http.DefaultRequestHeaders.Add("Authorization", "Bearer id1.wrong");

        using HttpResponseMessage response = await broker.Http.GetAsync(new Uri(Routes.Health, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, _authenticator.Asked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Lets_nobody_in_when_nothing_can_authenticate()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync(more: Probe.ForCallers());
        broker.Http.DefaultRequestHeaders.Add("Authorization", "Bearer id1.right");

        using HttpResponseMessage response = await broker.Http.GetAsync(new Uri(Probe.Path, UriKind.Relative));

        await response.ProblemAsync(HttpStatusCode.InternalServerError);
    }

    [Fact(Timeout = 30_000)]
    public async Task Lets_a_right_credential_in_however_many_wrong_ones_came_from_its_address()
    {
        await using RunningBroker broker = await StartAsync(new RateLimitProfile(FailedAuthenticationsPerMinutePerAddress: 1));
        for (int i = 0; i < 40; i++)
        {
            string wrong = await RawHttp.GetAsync(broker.Url, Probe.Path, "Authorization: Bearer id1.wrong");
            Assert.StartsWith(i == 0 ? "HTTP/1.1 401 " : "HTTP/1.1 429 ", wrong, StringComparison.Ordinal);
        }

        string right = await RawHttp.GetAsync(broker.Url, Probe.Path, "Authorization: Bearer id1.right");

        Assert.StartsWith("HTTP/1.1 200 ", right, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Limits_what_one_caller_sends()
    {
        await using RunningBroker broker = await StartAsync(new RateLimitProfile(RequestsPerMinutePerCaller: 1));
        broker.Http.DefaultRequestHeaders.Add("Authorization", "Bearer id1.right");
        using HttpResponseMessage first = await broker.Http.GetAsync(new Uri(Probe.Path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using HttpResponseMessage second = await broker.Http.GetAsync(new Uri(Probe.Path, UriKind.Relative));

        Assert.Equal(ProblemTypes.TooMany, (await second.ProblemAsync(HttpStatusCode.TooManyRequests)).Type);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.Forbidden)]
    public async Task Lets_a_host_to_functions_for_hosts_alone(bool forHosts, HttpStatusCode status)
    {
        await using RunningBroker broker = await StartAsHostAsync(new RateLimitProfile(), Probe.ForCallers(forHosts));
        using HttpResponseMessage response = await broker.Http.GetAsync(new Uri(Probe.Path, UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Counts_what_strangers_make_a_host_ask_apart_from_the_rest()
    {
        await using RunningBroker broker = await StartAsHostAsync(
            new RateLimitProfile(KeyQuestionsPerMinutePerCaller: 1), Probe.ForCallers(forHosts: true, askedByStrangers: true));
        HttpStatusCode[] statuses = new HttpStatusCode[3];
        string[] paths = [Probe.Path, Probe.Path, Routes.Me];
        for (int i = 0; i < paths.Length; i++)
        {
            using HttpResponseMessage response = await broker.Http.GetAsync(new Uri(paths[i], UriKind.Relative));
            statuses[i] = response.StatusCode;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], statuses);
    }

    private static async Task<RunningBroker> StartAsHostAsync(RateLimitProfile limits, Probe probe)
    {
        RunningBroker broker = await RunningBroker.StartAsync(
            RunningBroker.OnLoopback with { RateLimits = limits },
            services => services.AddSingleton<ICallerAuthenticator>(new OneTokenAuthenticator(CallerKind.Host)),
            probe);
        broker.Http.DefaultRequestHeaders.Add("Authorization", "Bearer id1.right");
        return broker;
    }

    private Task<RunningBroker> StartAsync(RateLimitProfile? limits = null) => RunningBroker.StartAsync(
        RunningBroker.OnLoopback with { RateLimits = limits ?? new RateLimitProfile() },
        services => services.AddSingleton<ICallerAuthenticator>(_authenticator),
        Probe.ForCallers());
}
