using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Callers;

public sealed class BootstrapTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task The_first_start_makes_an_admin_and_the_second_one_nothing()
    {
        await using var broker = new Broker();
        CreatedAccessToken? created = await Of(broker).RunAsync(again: false, default);
        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(created!.Token.Id, created.Secret, null, default));
        Assert.Equal(Role.Admin, await new Authority(broker.Grants, broker.Clock).FindRoleAsync(caller, ResourcePath.Root, default));
        Assert.Equal(broker.Now + Bootstrap.TokenLife, created.Token.Expires);
        Assert.Null(await Of(broker).RunAsync(again: false, default));
        Assert.Single(await broker.EventsAsync<JournalEvent.BrokerBootstrapped>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_start_that_dies_before_its_mark_is_repeated_by_the_next()
    {
        await using var broker = new Broker();
        var store = new StoreThatDiesAt(broker.Store, "bootstrap");
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new Bootstrap(store, broker.Journal, broker.Tokens, broker.Grants, broker.Revocations, broker.Clock).RunAsync(again: false, default));
        CreatedAccessToken? created = await Of(broker).RunAsync(again: false, default);
        Broker.Must(await broker.Tokens.AuthenticateAsync(created!.Token.Id, created.Secret, null, default));
        Assert.Null(await Of(broker).RunAsync(again: false, default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_is_made_again_when_it_is_asked_for_and_the_grant_stays_one()
    {
        await using var broker = new Broker();
        CreatedAccessToken? first = await Of(broker).RunAsync(again: false, default);
        CreatedAccessToken? second = await Of(broker).RunAsync(again: true, default);
        Assert.NotEqual(first!.Token.Id, second!.Token.Id);
        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(second.Token.Id, second.Secret, null, default));
        Assert.Equal(Role.Admin, Assert.Single(await broker.Grants.FindForAsync(caller, ResourcePath.Root, default)).Role);
    }

    [Fact(Timeout = Patience)]
    public async Task A_token_that_the_operator_made_is_taken_in_once_and_its_life_begins_then()
    {
        await using var broker = new Broker();
        SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
        Assert.True(SealedAccessToken.TryParse(made.ToString(), out SealedAccessToken? told));
        Assert.Equal(made, told);
        Assert.True(await Of(broker).AdoptAsync(told, default));
        Assert.False(await Of(broker).AdoptAsync(told, default));

        Caller caller = Broker.Must(await broker.Tokens.AuthenticateAsync(made.Id, secret, null, default));
        Assert.Equal(Role.Admin, await new Authority(broker.Grants, broker.Clock).FindRoleAsync(caller, ResourcePath.Root, default));
        Assert.Equal(broker.Now + Bootstrap.TokenLife, (await broker.Tokens.FindAsync(made.Id, default))!.Expires);
        Assert.Single(await broker.EventsAsync<JournalEvent.BrokerBootstrapped>());
    }

    [Fact(Timeout = Patience)]
    public async Task What_an_admin_removed_stays_removed_when_an_instance_is_late_or_died_midway()
    {
        await using var broker = new Broker();
        SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
        using Secret held = secret;
        var dying = new StoreThatDiesAt(broker.Store, "bootstrap");
        var late = new Bootstrap(dying, broker.Journal, broker.Tokens, broker.Grants, broker.Revocations, broker.Clock);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => late.AdoptAsync(made, default));
        AccessToken token = (await broker.Tokens.FindAsync(made.Id, default))!;
        Broker.Must(await broker.Tokens.RemoveAsync(Broker.Admin, token, default));
        if (await broker.Grants.FindAsync(GrantId.Parse($"bootstrap-{made.Id}"), default) is { } grant) await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default);

        await Of(broker).AdoptAsync(made, default);
        Assert.Null(await broker.Tokens.FindAsync(made.Id, default));
        Assert.Null(await broker.Grants.FindAsync(GrantId.Parse($"bootstrap-{made.Id}"), default));
        Assert.False(await Of(broker).AdoptAsync(made, default));
    }

    [Fact(Timeout = Patience)]
    public async Task Another_token_brings_back_none_that_was_revoked()
    {
        await using var broker = new Broker();
        SealedAccessToken leaked = SealedAccessToken.Generate(out Secret secret), next = SealedAccessToken.Generate(out Secret other);
        using Secret first = secret, second = other;
        await Of(broker).AdoptAsync(leaked, default);
        Subject subject = (await broker.Tokens.FindAsync(leaked.Id, default))!.Subject;
        Assert.True(ReservedSubjects.Contains(subject));
        await Of(broker).AdoptAsync(next, default);
        Assert.NotEqual(subject, (await broker.Tokens.FindAsync(next.Id, default))!.Subject);
    }

    [Fact(Timeout = Patience)]
    public async Task Several_instances_that_are_told_of_one_token_make_one_admin()
    {
        for (int round = 0; round < 50; round++)
        {
            await using var broker = new Broker();
            SealedAccessToken made = SealedAccessToken.Generate(out Secret secret);
            using Secret held = secret;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Of(broker).AdoptAsync(made, default))));
            Assert.Single(await broker.EventsAsync<JournalEvent.BrokerBootstrapped>());
            Broker.Must(await broker.Tokens.AuthenticateAsync(made.Id, held, null, default));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("abcdefghijklmnop.")]
    [InlineData("abcdefghijklmnop.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("abcdefghijklmno1.sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("abcdefghijklmnop.sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("abcdefghijklmnop.sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Refuses_a_text_that_is_no_sealed_token(string text) => Assert.False(SealedAccessToken.TryParse(text, out _));

    private static Bootstrap Of(Broker broker) => new(broker.Store, broker.Journal, broker.Tokens, broker.Grants, broker.Revocations, broker.Clock);

    private sealed class StoreThatDiesAt(IStore inner, string partition) : IStore
    {
        public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken) => inner.GetAsync(key, cancellationToken);

        public ValueTask<DocumentPage> ListAsync(string listed, RowRange range, CancellationToken cancellationToken) =>
            inner.ListAsync(listed, range, cancellationToken);

        public ValueTask<CommitResult> CommitAsync(
            string committed, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken) =>
            committed == partition ? throw new StoreUnavailableException("dies here") : inner.CommitAsync(committed, changes, cancellationToken);
    }
}
