using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;

namespace SshFunctions.Core.Tests.Policy;

public sealed class GrantRegistryTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_grant_is_found_as_it_was_put_and_as_it_was_changed()
    {
        await using var broker = new Broker();
        Grant grant = Broker.GrantOf("g1") with { Logins = [LoginRule.Of(Broker.Deploy)], NotAfter = broker.Now.AddDays(1) };
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
        Grant? found = await broker.Grants.FindAsync(grant.Id, default);
        Assert.Equal(grant with { Logins = null, Permissions = [] }, found! with { Logins = null, Permissions = [] });
        Assert.Equal(LoginRule.Of(Broker.Deploy), Assert.Single(found.Logins!.Value));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant with { Role = Role.Admin }, default));
        Assert.Equal(Role.Admin, Assert.Single(await IdsAsync(broker, "alice")).Role);
        Assert.Equal(2, (await broker.EventsAsync<JournalEvent.GrantPut>()).Length);
    }

    [Theory(Timeout = Patience)]
    [InlineData("acme/staging/web", "subject=alice")]
    [InlineData("acme/production/web", "subject=bob")]
    [InlineData("acme/production/web", "group=alice")]
    public async Task A_grant_can_not_move(string path, string holder)
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Refused<Refusal.Conflict>((await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", path, holder), default)).Refusal);
        Assert.Equal(Holder.Parse("subject=alice"), (await broker.Grants.FindAsync(GrantId.Parse("g1"), default))!.Holder);
        Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", path, holder), default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_removed_grant_is_nowhere_and_can_not_be_removed_twice()
    {
        await using var broker = new Broker();
        Grant grant = Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default));
        Broker.Must(await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default));
        Assert.Null(await broker.Grants.FindAsync(grant.Id, default));
        Assert.False(await broker.Grants.StandsAsync(grant, default));
        Assert.Empty(await IdsAsync(broker, "alice"));
        Assert.Empty(await ListAsync(broker, "/"));
        Broker.Refused<Refusal.Conflict>((await broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default)).Refusal);
    }

    [Fact(Timeout = Patience)]
    public async Task Grants_of_every_level_and_group_are_found_and_of_nobody_else()
    {
        await using var broker = new Broker();
        foreach (string path in (string[])["/", "acme", "acme/production", "acme/production/web"])
        {
            string place = path.Replace('/', '-').Trim('-');
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf($"s{place}", path), default));
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf($"g{place}", path, "group=ops"), default));
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf($"o{place}", path, "group=alice"), default));
        }

        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("below", "acme/staging"), default));
        Assert.Equal(4, (await IdsAsync(broker, "alice")).Count);
        Assert.Equal(8, (await IdsAsync(broker, "alice", "ops")).Count);
        Assert.Empty(await IdsAsync(broker, "ops"));
    }

    [Theory(Timeout = Patience)]
    [InlineData("alice", "alicex")]
    [InlineData("alicex", "alice")]
    [InlineData("alice", "Alice")]
    [InlineData("repo:acme/app", "repo")]
    [InlineData("repo:acme/app", "repo:acme")]
    [InlineData("repo:acme/app", "repo~3aacme/app")]
    [InlineData("a:b", "a")]
    [InlineData("a", "a:b")]
    [InlineData("a=b", "a:b")]
    public async Task A_holder_never_gets_what_a_similar_one_holds(string holder, string other)
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", holder: $"subject={holder}"), default));
        Assert.Single(await IdsAsync(broker, holder));
        if (Subject.TryParse(other, null, out _)) Assert.Empty(await IdsAsync(broker, other));
        else Assert.Contains('~', other);
    }

    [Fact(Timeout = Patience)]
    public async Task Two_long_holders_that_differ_at_the_end_are_two()
    {
        await using var broker = new Broker();
        string holder = new string('a', 126) + ":";
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", holder: $"subject={holder}x"), default));
        Assert.Single(await IdsAsync(broker, holder + "x"));
        Assert.Empty(await IdsAsync(broker, holder + "y"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_path_never_shows_what_is_on_a_similar_one()
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "acme-x/production/web"), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g2", "acme.x"), default));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g3", "acme/prod"), default));
        Assert.Empty(await IdsAsync(broker, "alice"));
        Assert.Equal(["g3"], await ListAsync(broker, "acme"));
        Assert.Equal(["g1"], await ListAsync(broker, "acme-x"));
        Assert.Equal(["g1", "g2", "g3"], await ListAsync(broker, "/"));
        Assert.Equal(["g3"], await ListAsync(broker, "/", "g2"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_store_that_dies_while_a_grant_is_put_leaves_none_of_it()
    {
        await using var broker = new Broker();
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g0", "acme"), default));
        HeldCommit journaled = broker.Store.HoldNextCommit();
        broker.Store.FailNextCommit();
        Task<Result<Grant>> put = broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1"), default);
        await journaled.Reached;
        journaled.Release();
        await Assert.ThrowsAsync<Ports.StoreUnavailableException>(() => put);
        Assert.Equal(["g0"], await ListAsync(broker, "/"));
        Broker.Must(await broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "acme/other"), default));
    }

    [Fact(Timeout = Patience)]
    public async Task A_grant_put_and_removed_at_once_never_gives_access_that_its_id_does_not_show()
    {
        for (int round = 0; round < 200; round++)
        {
            await using var broker = new Broker();
            Grant grant = Broker.GrantOf("g1");
            Broker.Must(await broker.Grants.PutAsync(Broker.Admin, grant, default));
            await Task.WhenAll(
                Task.Run(() => broker.Revoker.RemoveGrantAsync(Broker.Admin, grant, default)),
                Task.Run(() => broker.Grants.PutAsync(Broker.Admin, grant with { Role = Role.Admin }, default)),
                Task.Run(() => broker.Grants.PutAsync(Broker.Admin, Broker.GrantOf("g1", "acme"), default)));
            Grant? byId = await broker.Grants.FindAsync(grant.Id, default);
            Assert.Equal(byId is null ? [] : [byId.Path], (await IdsAsync(broker, "alice")).Select(each => each.Path));
        }
    }

    private static Task<IReadOnlyList<Grant>> IdsAsync(Broker broker, string subject, params string[] groups) => broker.Grants.FindForAsync(
        new Caller(CallerKind.Person, Subject.Parse(subject), [.. groups.Select(group => GroupName.Parse(group))]), Broker.Web, default);

    private static async Task<List<string>> ListAsync(Broker broker, string path, string? after = null)
    {
        var ids = new List<string>();
        GrantId? start = after is null ? null : GrantId.Parse(after);
        await foreach (Grant grant in broker.Grants.ListBelowAsync(ResourcePath.Parse(path), start, default)) ids.Add(grant.Id.Text);
        return ids;
    }
}
