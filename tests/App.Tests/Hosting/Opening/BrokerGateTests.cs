using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Opening;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;

namespace SshFunctions.App.Tests.Hosting.Opening;

/// <summary>A broker whose store and keys can't be reached at first.</summary>
public sealed class BrokerGateTests : IAsyncDisposable
{
    private readonly InMemoryStore _store = new();
    private readonly InMemorySigningKeyStore _keys = new();
    private readonly IReadOnlyDictionary<KeyPurpose, MadeSigningKey> _configured;
    private readonly Support.Time.ManualClock _clock = new();
    private Func<Result<OpenBroker>> _open;
    private int _attempts;

    public BrokerGateTests()
    {
        _configured = _keys.PutFirst();
        _open = () => throw new StoreUnavailableException("the store is elsewhere") { RetryAfter = TimeSpan.FromSeconds(7) };
    }

    [Fact(Timeout = 60_000)]
    public async Task Serves_what_needs_no_store_answers_the_rest_503_and_goes_on_when_the_store_is_back()
    {
        await using RunningBroker broker = await StartAsync();
        using HttpResponseMessage alive = await broker.Http.GetAsync("/api/health");
        using HttpResponseMessage away = await broker.Http.GetAsync("/api/ca");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (away.StatusCode, away.Headers.RetryAfter!.Delta));

        _open = Open;
        _clock.Advance(TimeSpan.FromSeconds(1));
        using HttpResponseMessage back = await broker.Http.GetAsync("/api/ca");
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_storm_of_requests_is_one_attempt_a_second()
    {
        await using RunningBroker broker = await StartAsync();
        for (int second = 1; second <= 3; second++)
        {
            HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => broker.Http.GetAsync("/api/ca")));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
            Assert.Equal(second, _attempts);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_key_that_is_away_and_a_configuration_that_does_not_fit_are_told_apart_in_the_log_alone()
    {
        _open = () => throw new SignerUnavailableException("the vault is elsewhere");
        await using RunningBroker broker = await StartAsync();
        using HttpResponseMessage away = await broker.Http.GetAsync("/api/ca");
        Assert.Contains("signing key is away", await away.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        _open = () => new Refusal.Invalid(null, "the journal's key is of no use", "make another");
        _clock.Advance(TimeSpan.FromSeconds(1));
        using HttpResponseMessage closed = await broker.Http.GetAsync("/api/ca");
        string problem = await closed.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, closed.StatusCode);
        Assert.DoesNotContain("journal", problem, StringComparison.Ordinal);
        string log = string.Join('\n', await broker.StopAndReadLogAsync());
        Assert.Contains("the journal's key is of no use; make another", log, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await Task.CompletedTask;
    }

    private Task<RunningBroker> StartAsync() => RunningBroker.StartAsync(services: services =>
    {
        var gate = new BrokerGate(
            _ =>
            {
                Interlocked.Increment(ref _attempts);
                return Task.FromResult(_open());
            },
            _ => Task.CompletedTask,
            _clock,
            NullLogger<BrokerGate>.Instance);
        services.AddSingleton(gate);
        DomainServices.Register(services, new CertificateLimits(TimeSpan.FromMinutes(15)), _ => gate.Broker);
    });

    private Result<OpenBroker> Open()
    {
        var rings = new KeyRingRegistry(_store, _clock);
        var keys = new SigningKeyCache(rings, _keys, _clock);
        rings.AdoptAsync(_configured, default).GetAwaiter().GetResult();
        return new OpenBroker(_store, new JournalWriter(_store, _clock, "test", "1.0"), rings, _keys, keys);
    }
}
