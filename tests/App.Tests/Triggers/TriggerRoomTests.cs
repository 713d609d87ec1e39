using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using SshFunctions.App.Hosting.Triggers;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Programs;
using ManualClock = SshFunctions.Support.Time.ManualClock;

namespace SshFunctions.App.Tests.Triggers;

public sealed class TriggerRoomTests
{
    private const int Patience = 60_000;
    private readonly List<string> _handled = [];

    [Fact(Timeout = Patience)]
    public async Task Runs_the_function_and_says_so_with_an_empty_object_and_one_line_without_the_message()
    {
        await using RunningBroker broker = await StartAsync();
        (int status, JsonElement answer) = await broker.InvokeAsync();

        Assert.Equal((200, "{}"), (status, answer.GetRawText()));
        Assert.Equal(["hello"], _handled);
        IReadOnlyList<JsonElement> lines = await broker.StopAndReadLogAsync();
        JsonElement line = Assert.Single(lines, line => line.GetProperty("event").GetString() == "Invocation");
        Assert.Equal("Wake", line.GetProperty("function").GetString());
        Assert.DoesNotContain(lines, line => line.GetRawText().Contains("hello", StringComparison.Ordinal));
    }

    [Fact(Timeout = Patience)]
    public async Task A_function_that_fails_is_a_500_that_tells_nothing()
    {
        await using RunningBroker broker = await StartAsync(_ => throw new InvalidOperationException("secret"));
        (int status, JsonElement answer) = await broker.InvokeAsync();
        Assert.Equal(500, status);
        Assert.DoesNotContain("secret", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task While_the_store_is_away_nothing_runs()
    {
        bool away = true;
        await using RunningBroker broker = await StartAsync(
            open: (_, _) => away ? throw new StoreUnavailableException("away") : Task.CompletedTask);
        Assert.Equal(500, (await broker.InvokeAsync()).Status);
        Assert.Empty(_handled);
        away = false;
        Assert.Equal(200, (await broker.InvokeAsync()).Status);
    }

    [Fact(Timeout = Patience)]
    public async Task A_function_that_hangs_and_does_not_listen_is_given_up_long_before_the_host_kills_the_process()
    {
        var clock = new ManualClock();
        var started = new TaskCompletionSource();
        await using RunningBroker broker = await TriggeredBroker.StartAsync(
            (_, _) =>
            {
                started.TrySetResult();
                return new TaskCompletionSource().Task;
            },
            clock: clock);
        Task<(int Status, JsonElement)> invocation = broker.InvokeAsync();
        await started.Task;
        clock.Advance(TriggerRoom.LongestRun);
        Assert.Equal(500, (await invocation).Status);
    }

    [Fact]
    public void What_it_allows_an_invocation_is_less_than_half_of_what_the_host_allows()
    {
        string host = File.ReadAllText(Path.Combine(SourceTree.Root, "host.json"));
        string limit = JsonDocument.Parse(host).RootElement.GetProperty("functionTimeout").GetString()!;
        Assert.True(TriggerRoom.LongestRun * 2 < TimeSpan.Parse(limit, CultureInfo.InvariantCulture));
    }

    [Theory(Timeout = Patience)]
    [InlineData("""{"Data":{}}""")]
    [InlineData("null")]
    [InlineData("[[[[")]
    [InlineData("")]
    public async Task A_body_that_is_no_invocation_is_a_400(string body)
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(400, (await broker.InvokeAsync(new StringContent(body, Encoding.UTF8, "application/json"))).Status);
        Assert.Empty(_handled);
    }

    [Theory(Timeout = Patience)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_body_of_a_mebibyte_is_read_and_one_byte_more_is_a_413(int more)
    {
        int room = TriggerRequests.MaximumBodyBytes - TriggeredBroker.Body.Length + more;
        await using RunningBroker broker = await StartAsync();
        var content = new StringContent(TriggeredBroker.Body + new string(' ', room), Encoding.UTF8, "application/json");
        Assert.Equal(more == 0 ? 200 : 413, (await broker.InvokeAsync(content)).Status);
    }

    [Theory(Timeout = Patience)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/problem+json")]
    public async Task A_body_that_is_not_declared_as_JSON_is_a_415(string type)
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(415, (await broker.InvokeAsync(new StringContent(TriggeredBroker.Body, Encoding.UTF8, type))).Status);
        Assert.Empty(_handled);
    }

    [Theory(Timeout = Patience)]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-host")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("Forwarded")]
    public async Task What_the_host_proxied_is_no_invocation(string header)
    {
        await using RunningBroker broker = await StartAsync();
        Assert.Equal(404, (await broker.InvokeAsync(headers: (header, ""))).Status);
        Assert.Empty(_handled);
    }

    [Theory(Timeout = Patience)]
    [InlineData("/wake")]
    [InlineData("/Wake/")]
    [InlineData("/Wake?x=1")]
    [InlineData("/Wake?")]
    [InlineData("//Wake")]
    [InlineData("/./Wake")]
    [InlineData("/Wak%65")]
    [InlineData("/%57ake")]
    [InlineData("/Wake%00")]
    [InlineData("/Wake;x")]
    [InlineData("/api/Wake")]
    [InlineData("/api/../Wake")]
    [InlineData("/api/..\\Wake")]
    [InlineData("/api/..%5CWake")]
    [InlineData("/api/%2e%2e/Wake")]
    [InlineData("/api/%252e%252e/Wake")]
    [InlineData("/api/..%2FWake")]
    [InlineData("/api/..%252FWake")]
    [InlineData("\\Wake")]
    [InlineData("http://127.0.0.1/Wake")]
    [InlineData("http://127.0.0.1/api/../Wake")]
    [InlineData("*")]
    public async Task No_other_target_reaches_it(string target)
    {
        await using RunningBroker broker = await StartAsync();
        string answer = await RawHttp.ExchangeAsync(
            broker.Url,
            $"POST {target} HTTP/1.1\r\nHost: {broker.Url.Authority}\r\nConnection: close\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {TriggeredBroker.Body.Length}\r\n\r\n{TriggeredBroker.Body}");
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.Empty(_handled);
    }

    [Theory(Timeout = Patience)]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("HEAD")]
    [InlineData("post")]
    public async Task No_other_method_reaches_it(string method)
    {
        await using RunningBroker broker = await StartAsync();
        string answer = await RawHttp.ExchangeAsync(broker.Url, $"{method} /Wake HTTP/1.1\r\nHost: {broker.Url.Authority}\r\nConnection: close\r\n\r\n");
        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.Empty(_handled);
    }

    [Fact(Timeout = Patience)]
    public async Task The_question_whether_it_is_there_opens_nothing_and_leaves_no_line()
    {
        await using RunningBroker broker = await StartAsync(open: (_, _) => throw new StoreUnavailableException("away"));
        using HttpResponseMessage answer = await broker.Http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["Listening"], (await broker.StopAndReadLogAsync()).Select(line => line.GetProperty("event").GetString()));
    }

    [Fact(Timeout = Patience)]
    public async Task Without_a_Functions_host_there_are_no_triggers()
    {
        await using RunningBroker broker = await RunningBroker.StartAsync();
        using HttpResponseMessage question = await broker.Http.GetAsync(new Uri("/", UriKind.Relative));
        // What the host asks is where people come in here: it leads to the portal.
        Assert.Equal("/api/portal/", question.RequestMessage!.RequestUri!.AbsolutePath);
        foreach (FunctionTrigger trigger in FunctionTrigger.All)
        {
            using var content = new StringContent(TriggeredBroker.Body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await broker.Http.PostAsync(new Uri("/" + trigger.Name, UriKind.Relative), content);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private Task<RunningBroker> StartAsync(Func<string, Task>? handle = null, Func<IServiceProvider, CancellationToken, Task>? open = null) => TriggeredBroker.StartAsync(
        (message, _) =>
        {
            _handled.Add(message);
            return handle?.Invoke(message) ?? Task.CompletedTask;
        },
        open);
}
