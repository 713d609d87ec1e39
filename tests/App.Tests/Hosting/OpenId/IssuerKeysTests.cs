using Microsoft.Extensions.Logging.Abstractions;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Tests.Brokers;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Support.OpenId;

namespace SshFunctions.App.Tests.Hosting.OpenId;

/// <summary>When keys are fetched, over real sockets and a clock that the test moves.</summary>
public sealed class IssuerKeysTests : IDisposable
{
    private const int Patience = 60_000;

    private readonly SigningIssuer _issuer = new();
    private readonly ManualClock _clock = new();
    private readonly IssuerClient _client;
    private readonly IssuerKeys _keys;

    public IssuerKeysTests()
    {
        _client = new IssuerClient(_issuer.Issuer);
        _keys = new IssuerKeys(_issuer.Issuer, _client, _clock, NullLogger<IssuerKeys>.Instance);
    }

    public void Dispose()
    {
        _client.Dispose();
        _issuer.Dispose();
    }

    [Fact(Timeout = Patience)]
    public async Task Fetches_once_for_many_tokens_at_once()
    {
        Result<IssuerKeySet>[] all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => FindAsync("key-1"))));

        Assert.All(all, result => Assert.True(result.Value!.Contains("key-1")));
        Assert.Equal(1, _issuer.KeyRequests);
    }

    [Fact(Timeout = Patience)]
    public async Task Finds_a_new_key_at_once_and_asks_no_more_than_twice_a_minute_for_invented_ones()
    {
        await FindAsync("key-1");
        _issuer.Keys = [SigningKey.Make("ES256", "key-2"), .. _issuer.Keys];

        Assert.True((await FindAsync("key-2")).Value!.Contains("key-2"));
        for (int i = 0; i < 20; i++) Assert.False((await FindAsync($"invented-{i}")).Value!.Contains($"invented-{i}"));

        Assert.Equal(2, _issuer.KeyRequests);
        _clock.Advance(IssuerKeys.Spacing);
        await FindAsync("invented");
        Assert.Equal(3, _issuer.KeyRequests);
    }

    [Fact(Timeout = Patience)]
    public async Task Fetches_beside_the_request_when_keys_are_ten_minutes_old()
    {
        await FindAsync("key-1");
        _issuer.Keys = [SigningKey.Make("ES256", "key-2")];
        _clock.Advance(IssuerKeys.FreshFor + TimeSpan.FromSeconds(1));

        Assert.True((await FindAsync("key-1")).Succeeded);
        // Waits for the fetch that runs.
        IssuerKeySet keys = (await FindAsync("key-2")).Value!;

        Assert.True(keys.Contains("key-2"));
        Assert.False(keys.Contains("key-1"));
    }

    [Fact(Timeout = Patience)]
    public async Task Takes_a_withdrawn_key_no_more_after_the_next_fetch()
    {
        Assert.True((await FindAsync("key-1")).Value!.Contains("key-1"));
        _issuer.Keys = [SigningKey.Make("ES256", "key-2")];
        _clock.Advance(IssuerKeys.StaleAfter + TimeSpan.FromSeconds(1));

        Assert.False((await FindAsync("key-1")).Value!.Contains("key-1"));
    }

    [Fact(Timeout = Patience)]
    public async Task Keeps_the_last_keys_for_a_day_of_outage_and_no_longer()
    {
        await FindAsync("key-1");
        _issuer.IsAway = true;

        for (int hour = 1; hour < 24; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            Assert.True((await FindAsync("key-1")).Value!.Contains("key-1"), $"after {hour} h");
        }

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.IsType<Refusal.Unavailable>((await FindAsync("key-1")).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Can_not_tell_of_an_unknown_key_while_the_issuer_is_away()
    {
        await FindAsync("key-1");
        _issuer.IsAway = true;

        Assert.IsType<Refusal.Unavailable>((await FindAsync("key-2")).Refusal);
        Assert.IsType<Refusal.Unavailable>((await FindAsync("key-2")).Refusal);
        Assert.True((await FindAsync("key-1")).Succeeded);
    }

    [Fact(Timeout = Patience)]
    public async Task Has_no_keys_when_it_starts_in_an_outage_and_has_them_afterwards()
    {
        _issuer.IsAway = true;
        var away = Assert.IsType<Refusal.Unavailable>((await FindAsync("key-1")).Refusal);
        Assert.Equal(IssuerKeys.SpacingWithoutKeys, away.RetryAfter);
        int asked = _issuer.Requests.Count;

        Assert.IsType<Refusal.Unavailable>((await FindAsync("key-1")).Refusal);
        Assert.Equal(asked, _issuer.Requests.Count);
        _issuer.IsAway = false;
        _clock.Advance(away.RetryAfter);

        Assert.True((await FindAsync("key-1")).Value!.Contains("key-1"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("another issuer", """{"issuer":"https://evil.example.com","jwks_uri":"ISSUER/keys"}""")]
    [InlineData("another spelling of the issuer", """{"issuer":"ISSUER/","jwks_uri":"ISSUER/keys"}""")]
    [InlineData("no issuer", """{"jwks_uri":"ISSUER/keys"}""")]
    [InlineData("no address of keys", """{"issuer":"ISSUER"}""")]
    [InlineData("keys over plain http", """{"issuer":"ISSUER","jwks_uri":"http://keys.example.com/"}""")]
    [InlineData("keys in a file", """{"issuer":"ISSUER","jwks_uri":"file:///etc/keys"}""")]
    [InlineData("an issuer twice", """{"issuer":"https://evil.example.com","issuer":"ISSUER","jwks_uri":"ISSUER/keys"}""")]
    [InlineData("no JSON", "<html>")]
    [InlineData("no object", "[]")]
    public async Task Refuses_a_discovery_document_with(string defect, string document)
    {
        _issuer.Discovery = document.Replace("ISSUER", _issuer.Issuer, StringComparison.Ordinal);

        Result<IssuerKeySet> result = await _client.FetchKeysAsync(CancellationToken.None);

        Assert.True(result.Refusal is Refusal.Invalid, defect);
        Assert.Equal(0, _issuer.KeyRequests);
    }

    [Fact(Timeout = Patience)]
    public async Task Follows_no_redirect()
    {
        _issuer.MovedTo = $"{_issuer.Issuer}/elsewhere";

        Refusal? refusal = (await _client.FetchKeysAsync(CancellationToken.None)).Refusal;

        Assert.Contains("answered 302", refusal?.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("/elsewhere", _issuer.Requests);
    }

    [Fact(Timeout = Patience)]
    public async Task Reads_no_more_than_a_mebibyte()
    {
        _issuer.KeySet = $"{{\"keys\":[]{new string(' ', 1024 * 1024)}}}";

        Assert.IsType<Refusal.Invalid>((await _client.FetchKeysAsync(CancellationToken.None)).Refusal);
    }

    private Task<Result<IssuerKeySet>> FindAsync(string keyId) => _keys.ForAsync(keyId, CancellationToken.None).AsTask();
}
