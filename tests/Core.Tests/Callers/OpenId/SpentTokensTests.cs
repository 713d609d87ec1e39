using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Ports;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Core.Tests.Callers.OpenId;

public sealed class SpentTokensTests
{
    private readonly InMemoryStore _store = new();
    private readonly ManualClock _clock = new();

    private DateTimeOffset Soon => _clock.GetUtcNow() + TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Refuses_the_second_use()
    {
        var spent = new SpentTokens(_store, _clock);

        Assert.True((await spent.SpendAsync(TokenOf("https://idp", "one"), default)).Succeeded);

        Assert.Contains("used before", (await spent.SpendAsync(TokenOf("https://idp", "one"), default)).Refusal?.Detail, StringComparison.Ordinal);
        Assert.True((await spent.SpendAsync(TokenOf("https://idp", "two"), default)).Succeeded);
        Assert.True((await spent.SpendAsync(TokenOf("https://other", "one"), default)).Succeeded);
        Assert.True((await spent.SpendAsync(TokenOf("https://idpo", "ne"), default)).Succeeded);
    }

    [Fact]
    public async Task Lets_exactly_one_of_many_at_once_pass()
    {
        var brokers = Enumerable.Range(0, 4).Select(_ => new SpentTokens(_store, _clock)).ToList();

        var uses = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Task.Run(() => brokers[n % 4].SpendAsync(TokenOf("https://idp", "one"), default))));

        Assert.Single(uses, use => use.Succeeded);
    }

    [Fact]
    public async Task Lets_a_use_pass_while_others_remove_what_it_would_have_removed()
    {
        var spent = new SpentTokens(_store, _clock);
        for (int i = 0; i < 100; i++) await spent.SpendAsync(TokenOf("https://idp", $"old {i}"), default);
        _clock.Advance(TimeSpan.FromMinutes(10));

        HeldCommit held = _store.HoldNextCommit();
        Task<Result<Done>> slow = spent.SpendAsync(TokenOf("https://idp", "slow"), default);
        await held.Reached;
        for (int i = 0; i < 100; i++) await spent.SpendAsync(TokenOf("https://idp", $"new {i}"), default);
        held.Release();

        Assert.True((await slow).Succeeded);
        Assert.False((await spent.SpendAsync(TokenOf("https://idp", "slow"), default)).Succeeded);
    }

    [Fact]
    public async Task Forgets_what_has_expired_and_keeps_what_has_not()
    {
        var spent = new SpentTokens(_store, _clock);
        for (int i = 0; i < 100; i++) await spent.SpendAsync(TokenOf("https://idp", $"old {i}"), default);
        _clock.Advance(TimeSpan.FromMinutes(10));

        for (int i = 0; i < 200; i++) await spent.SpendAsync(TokenOf("https://idp", $"new {i}"), default);

        DocumentPage page = await _store.ListAsync("spent-tokens", RowRange.All, default);
        Assert.InRange(page.Documents.Count, 200, 230);
        Assert.False((await spent.SpendAsync(TokenOf("https://idp", "new 0"), default)).Succeeded);
    }

    private SingleUse TokenOf(string issuer, string id) => new(issuer, id, Soon, null);
}
