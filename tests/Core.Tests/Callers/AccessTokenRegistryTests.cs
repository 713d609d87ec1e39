using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests.Callers;

public sealed class AccessTokenRegistryTests
{
    private const int Patience = 60_000;
    private static readonly Subject Ci = Subject.Parse("ci");

    [Fact(Timeout = Patience)]
    public async Task The_right_secret_gives_the_caller_with_its_groups_and_its_end()
    {
        await using var broker = new Broker();
        CreatedAccessToken created = await CreateAsync(broker);
        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default));
        Assert.Equal((CallerKind.Service, Ci, created.Token.Id), (caller.Kind, caller.Subject, caller.TokenId));
        Assert.Equal(GroupName.Parse("ops"), Assert.Single(caller.Groups));
        Assert.Equal(created.Token.Expires, caller.Expires);
    }

    [Fact(Timeout = Patience)]
    public async Task A_wrong_secret_and_an_unknown_token_are_refused_in_the_same_words()
    {
        await using var broker = new Broker();
        CreatedAccessToken created = await CreateAsync(broker);
        using Secret wrong = Secret.Generate();
        Refusal? ofWrong = (await broker.Tokens.AuthenticateAsync(created.Token.Id, wrong, null, default)).Refusal;
        Assert.IsType<Refusal.Unauthenticated>(ofWrong);
        foreach (string id in (string[])["aaaaaaaaaaaaaaaa", "", "../../../../etc/x", "AAAAAAAAAAAAAAAA", new string('a', 100_000), "a b", "\u00e9"])
            Assert.Equal(ofWrong, (await broker.Tokens.AuthenticateAsync(id, created.Secret, null, default)).Refusal);
        Assert.Equal(ofWrong, (await broker.Tokens.AuthenticateAsync(created.Token.Id, Secret.Of(""), null, default)).Refusal);
        Assert.Equal(ofWrong, (await broker.Tokens.AuthenticateAsync(created.Token.Id, Secret.Of(created.Token.SecretHash), null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_is_good_until_the_moment_it_expires()
    {
        await using var broker = new Broker();
        CreatedAccessToken created = await CreateAsync(broker);
        broker.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default));
        broker.Clock.Advance(TimeSpan.FromTicks(1));
        Refusal? refusal = (await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default)).Refusal;
        Assert.Contains("expired", Broker.Refused<Refusal.Unauthenticated>(refusal).Detail, StringComparison.Ordinal);
        using Secret wrong = Secret.Generate();
        refusal = (await broker.Tokens.AuthenticateAsync(created.Token.Id, wrong, null, default)).Refusal;
        Assert.DoesNotContain("expired", Broker.Refused<Refusal.Unauthenticated>(refusal).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task The_secret_is_nowhere_in_the_store_and_in_no_text()
    {
        await using var broker = new Broker();
        CreatedAccessToken created = await CreateAsync(broker);
        string secret = created.Secret.Reveal();
        Assert.Equal(43, secret.Length);
        Assert.DoesNotContain(secret, $"{created} {created.Token} {created.Secret}", StringComparison.Ordinal);
        foreach (string partition in (string[])["tokens", "journal:000000000000001", "segments"])
        {
            DocumentPage page = await broker.Store.ListAsync(partition, RowRange.All, default);
            Assert.NotEmpty(page.Documents);
            foreach (StoredDocument document in page.Documents)
                Assert.DoesNotContain(secret, document.Key.Row + Encoding.UTF8.GetString(document.Body.Span), StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_removed_token_is_worth_nothing_and_is_in_no_list()
    {
        await using var broker = new Broker();
        CreatedAccessToken created = await CreateAsync(broker);
        CreatedAccessToken other = await CreateAsync(broker);
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, created.Token, default));
        Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default)).Refusal);
        Broker.Refused<Refusal.NotFound>((await broker.Tokens.RemoveAsync(Broker.Admin, created.Token, default)).Refusal);
        Assert.Equal([other.Token.Id], await broker.Tokens.ListAsync(Ci, null, default).Select(token => token.Id).ToListAsync());
        Assert.Equal([other.Token.Id], await broker.Tokens.ListAsync(null, null, default).Select(token => token.Id).ToListAsync());
        Assert.Empty(await broker.Tokens.ListAsync(Ci, other.Token.Id, default).ToListAsync());
        Assert.Empty(await broker.Tokens.ListAsync(Subject.Parse("c"), null, default).ToListAsync());
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_made_with_a_removed_token_is_as_unknown_as_that_one()
    {
        await using var broker = new Broker();
        CreatedAccessToken first = await CreateAsync(broker);
        CreatedAccessToken child = await CreateAsync(broker, await CallerOfAsync(broker, first));
        CreatedAccessToken grandchild = await CreateAsync(broker, await CallerOfAsync(broker, child));
        await CallerOfAsync(broker, grandchild);
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, first.Token, default));
        Refusal? ofFirst = (await broker.Tokens.AuthenticateAsync(first.Token.Id, first.Secret, null, default)).Refusal;
        Broker.Refused<Refusal.Unauthenticated>(ofFirst);
        foreach (CreatedAccessToken orphan in (CreatedAccessToken[])[child, grandchild])
            Assert.Equal(ofFirst, (await broker.Tokens.AuthenticateAsync(orphan.Token.Id, orphan.Secret, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_an_admin_makes_for_somebody_else_outlives_the_admins_own()
    {
        await using var broker = new Broker();
        CreatedAccessToken ofAdmin = await CreateAsync(broker);
        Caller admin = await CallerOfAsync(broker, ofAdmin);
        CreatedAccessToken ofAlice = Broker.Must(await broker.Tokens.CreateAsync(
            admin, new("laptop", CallerKind.Person, Broker.Alice.Subject, [], broker.Now.AddHours(1)), default));
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, ofAdmin.Token, default));
        Assert.Equal(Broker.Alice.Subject, (await CallerOfAsync(broker, ofAlice)).Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task A_chain_of_tokens_ends_before_the_removal_of_its_first_could_go_unseen()
    {
        await using var broker = new Broker();
        CreatedAccessToken first = await CreateAsync(broker);
        CreatedAccessToken last = first;
        for (int i = 0; i < AccessTokenRegistry.MaximumAncestorCount; i++) last = await CreateAsync(broker, await CallerOfAsync(broker, last));
        Caller deepest = await CallerOfAsync(broker, last);
        Broker.Refused<Refusal.Conflict>((await broker.Tokens.CreateAsync(
            deepest, new("ci", CallerKind.Service, Ci, [], broker.Now.AddHours(1)), default)).Refusal);
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, first.Token, default));
        Broker.Refused<Refusal.Unauthenticated>((await broker.Tokens.AuthenticateAsync(last.Token.Id, last.Secret, null, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task One_subject_has_no_more_than_a_hundred_tokens_that_have_not_expired_whoever_makes_them()
    {
        await using var broker = new Broker();
        for (int i = 0; i < AccessTokenRegistry.MaximumLiveCount; i++) await CreateAsync(broker);
        Refusal.Conflict refusal = Broker.Refused<Refusal.Conflict>((await broker.Tokens.CreateAsync(
            Broker.Admin, new("ci", CallerKind.Service, Ci, [], broker.Now.AddHours(1)), default)).Refusal);
        Assert.Contains("sshfn token remove", refusal.Fix, StringComparison.Ordinal);
        Broker.Must(await broker.Tokens.CreateAsync(
            Broker.Admin, new("laptop", CallerKind.Person, Broker.Alice.Subject, [], broker.Now.AddHours(1)), default));
        broker.Clock.Advance(TimeSpan.FromHours(1));
        await CreateAsync(broker);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_with_a_value_out_of_bounds_is_not_made()
    {
        await using var broker = new Broker();
        async Task RefusedAsync(string field, string name = "ci", CallerKind kind = CallerKind.Service, int groups = 0, TimeSpan? life = null)
        {
            Result<CreatedAccessToken> result = await broker.Tokens.CreateAsync(
                Broker.Admin, new(name, kind, Ci, [.. Enumerable.Repeat(GroupName.Parse("ops"), groups)], broker.Now + (life ?? TimeSpan.FromHours(1))), default);
            Assert.Equal(field, Broker.Refused<Refusal.Invalid>(result.Refusal).Field);
        }

        await RefusedAsync("name", name: " ");
        await RefusedAsync("name", name: "a\nb");
        await RefusedAsync("name", name: new string('a', 101));
        await RefusedAsync("groups", groups: 101);
        await RefusedAsync("expires", life: TimeSpan.Zero);
        await RefusedAsync("expires", life: AccessTokenRegistry.MaximumLife + TimeSpan.FromTicks(1));
        await RefusedAsync("kind", kind: CallerKind.System);
        Assert.Equal(0, broker.Store.CommitCount);
    }

    [Fact]
    public void A_secret_matches_its_own_hash_only_and_is_wiped()
    {
        Secret secret = Secret.Of("correct horse");
        Assert.True(secret.Matches(Secret.Of("correct horse").Hash()));
        Assert.False(secret.Matches(Secret.Of("correct hors").Hash()));
        Assert.False(secret.Matches(""));
        Assert.Equal("(secret)", secret.ToString());
        secret.Dispose();
        Assert.DoesNotContain("horse", secret.Reveal(), StringComparison.Ordinal);
        Assert.NotEqual(Secret.Generate().Reveal(), Secret.Generate().Reveal());
    }

    private static async Task<Caller> CallerOfAsync(Broker broker, CreatedAccessToken created) =>
        Broker.Must(await broker.Tokens.AuthenticateAsync(created.Token.Id, created.Secret, null, default));

    private static async Task<CreatedAccessToken> CreateAsync(Broker broker, Caller? caller = null) => Broker.Must(await broker.Tokens.CreateAsync(
        caller ?? Broker.Admin, new("ci", CallerKind.Service, Ci, [GroupName.Parse("ops")], broker.Now.AddHours(1)), default));
}
