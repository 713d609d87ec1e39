using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using SshFunctions.Api;
using SshFunctions.Support.Broker;
using SshFunctions.Support.Files;

namespace SshFunctions.Interop.Tests.Broker;

/// <summary>Hosts that wait for the next revocation list, against the real broker.</summary>
public sealed class RevocationWaitTests : IAsyncLifetime, IDisposable
{
    private const int Patience = 120_000;
    private readonly TemporaryFolder _folder = new();
    private TestBroker _broker = null!;

    public async Task InitializeAsync() => _broker = await TestBroker.StartAsync(_folder);

    public async Task DisposeAsync() => await _broker.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Forty_hosts_that_wait_get_a_revocation_at_once_and_hold_up_nobody()
    {
        EntityTagHeaderValue tag = (await GetAsync("", null)).Headers.ETag!;
        Task<HttpResponseMessage>[] waits = [.. Enumerable.Range(0, 40).Select(_ => GetAsync("?wait=50", tag))];
        // Asked after all of them, answered while they wait.
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync("", tag)).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync("?wait=0", tag)).StatusCode);
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        long start = Stopwatch.GetTimestamp();
        await RevokeAsync("bob");
        HttpResponseMessage[] answers = await Task.WhenAll(waits);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.All(answers, answer => Assert.NotEqual(tag, answer.Headers.ETag));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact(Timeout = Patience)]
    public async Task A_wait_without_a_change_ends_with_304_and_an_old_tag_does_not_wait()
    {
        EntityTagHeaderValue tag = (await GetAsync("", null)).Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await GetAsync("?wait=1", tag)).StatusCode);
        await RevokeAsync("bob");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("?wait=50", tag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("?wait=50", null)).StatusCode);
    }

    [Theory(Timeout = Patience)]
    [InlineData("beyond the bound", "?wait=51")]
    [InlineData("negative", "?wait=-1")]
    [InlineData("no number", "?wait=soon")]
    [InlineData("empty", "?wait=")]
    [InlineData("twice", "?wait=1&wait=2")]
    public async Task Refuses_a_wait_that_is(string what, string query) =>
        Assert.True((await GetAsync(query, null)).StatusCode == HttpStatusCode.BadRequest, what);

    [Fact(Timeout = Patience)]
    public async Task A_broker_that_stops_answers_who_waits()
    {
        EntityTagHeaderValue tag = (await GetAsync("", null)).Headers.ETag!;
        Task<HttpResponseMessage>[] waits = [.. Enumerable.Range(0, 5).Select(_ => GetAsync("?wait=50", tag))];
        await GetAsync("", tag);
        long start = Stopwatch.GetTimestamp();
        (int exitCode, _) = await _broker.StopAsync();
        Assert.Equal(0, exitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(9));
        Assert.All(await Task.WhenAll(waits), answer => Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode));
    }

    private async Task<HttpResponseMessage> GetAsync(string query, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Routes.RevocationList + query);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await _broker.Anonymous.Http.SendAsync(request);
    }

    private Task<RevokedResponse> RevokeAsync(string subject) =>
        _broker.Admin.PostAsync<RevokeAccessRequest, RevokedResponse>(Routes.Revocations, new RevokeAccessRequest("lost", Subject: subject));
}
