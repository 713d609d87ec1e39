using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Tests.Keys;

public sealed class KeyRegistryTests
{
    private const int Patience = 60_000;
    private static readonly Holder Owner = Holder.Of(Subject.Parse("alice"));
    private static readonly Holder Other = Holder.Of(Subject.Parse("alicex"));

    [Fact(Timeout = Patience)]
    public async Task A_key_is_found_by_its_fingerprint_and_listed_under_its_owner_only()
    {
        await using var broker = new Broker();
        RegisteredKey key = Broker.Must(await RegisterAsync(broker));
        Assert.Equal(KeyRegistry.IdOf(broker.ClientKey.Fingerprint), key.Id);
        Assert.Equal(key, await broker.Keys.FindAsync(key.Id, default));
        Assert.Equal([key], await broker.Keys.ListAsync(Owner, null, default).ToListAsync());
        Assert.Equal([key], await broker.Keys.ListAsync(null, null, default).ToListAsync());
        Assert.Empty(await broker.Keys.ListAsync(Other, null, default).ToListAsync());
        Assert.Null(await broker.Keys.FindAsync("../x", default));
    }

    [Fact(Timeout = Patience)]
    public async Task Registering_again_gives_the_same_key_and_another_owner_is_refused()
    {
        await using var broker = new Broker();
        RegisteredKey key = Broker.Must(await RegisterAsync(broker));
        Assert.Equal(key, Broker.Must(await RegisterAsync(broker, name: "second")));
        Assert.Equal("publicKey", Broker.Refused<Refusal.Conflict>((await RegisterAsync(broker, Other)).Refusal).Field);
        Assert.Single(await broker.EventsAsync<JournalEvent.KeyRegistered>());
    }

    [Fact(Timeout = Patience)]
    public async Task One_owner_that_registers_a_key_twice_at_once_has_it_both_times()
    {
        for (int round = 0; round < 100; round++)
        {
            await using var broker = new Broker();
            Result<RegisteredKey>[] results = await Task.WhenAll(
                Enumerable.Range(0, 3).Select(_ => Task.Run(() => RegisterAsync(broker))));
            Assert.All(results, result => Assert.Equal(Owner, Broker.Must(result).Owner));
            Result<RegisteredKey>[] rivals = await Task.WhenAll(Task.Run(() => RegisterAsync(broker)), Task.Run(() => RegisterAsync(broker, Other)));
            Assert.Single(rivals, result => result.Succeeded);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_revoked_key_and_a_bad_value_are_refused()
    {
        await using var broker = new Broker();
        Broker.Refused<Refusal.Invalid>((await RegisterAsync(broker, name: "")).Refusal);
        Broker.Refused<Refusal.Invalid>((await RegisterAsync(broker, expires: broker.Now)).Refusal);
        Broker.Must(await broker.Revoker.RevokeKeyAsync(Broker.Admin, broker.ClientKey.Fingerprint, "lost", default));
        Refusal? refusal = (await RegisterAsync(broker)).Refusal;
        Assert.Contains("lost", Broker.Refused<Refusal.Denied>(refusal).Detail, StringComparison.Ordinal);
        Assert.Empty(await broker.EventsAsync<JournalEvent.KeyRegistered>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_removed_key_may_belong_to_another()
    {
        await using var broker = new Broker();
        RegisteredKey key = Broker.Must(await RegisterAsync(broker));
        Broker.Must(await broker.Keys.RemoveAsync(Broker.Alice, key, default));
        Broker.Refused<Refusal.NotFound>((await broker.Keys.RemoveAsync(Broker.Alice, key, default)).Refusal);
        Assert.Equal(Other, Broker.Must(await RegisterAsync(broker, Other)).Owner);
        Broker.Refused<Refusal.NotFound>((await broker.Keys.RemoveAsync(Broker.Alice, key, default)).Refusal);
        Assert.NotNull(await broker.Keys.FindAsync(key.Id, default));
    }

    [Fact(Timeout = 60_000)]
    public async Task Tells_a_group_from_a_subject_of_the_same_name()
    {
        await using var broker = new Broker();
        Broker.Must(await RegisterAsync(broker));
        Assert.Empty(await broker.Keys.ListAsync(Holder.Of(GroupName.Parse("alice")), null, default).ToListAsync());
    }

    private static Task<Result<RegisteredKey>> RegisterAsync(
        Broker broker, Holder? owner = null, string name = "laptop", DateTimeOffset? expires = null) =>
        broker.Keys.RegisterAsync(Broker.Alice, owner ?? Owner, name, broker.ClientKey, expires, default);
}
