using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class ResourceTreeTests
{
    private const int Patience = 60_000;
    private const int Rounds = 150;

    [Fact(Timeout = Patience)]
    public async Task An_address_leads_to_the_resource_that_claims_it()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Assert.Equal(Broker.Web, (await ResolveAsync(broker, "WEB.example.com."))!.Path);
        Assert.Null(await ResolveAsync(broker, "web.example.com:2222"));
        Assert.Null(await ResolveAsync(broker, "example.com"));
    }

    [Fact(Timeout = Patience)]
    public async Task An_address_that_is_taken_is_refused_with_its_holder()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Resource other = Broker.ResourceOf("acme/production/other", "other.example.com", "web.example.com");
        Refusal.Conflict refusal = Broker.Refused<Refusal.Conflict>((await broker.Tree.PutResourceAsync(Broker.Admin, other, default)).Refusal);
        Assert.Contains("acme/production/web", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal("hosts", refusal.Field);
        Assert.Null(await broker.Tree.FindResourceAsync(other.Path, default));
        Assert.Null(await ResolveAsync(broker, "other.example.com"));
        Assert.Single(await broker.EventsAsync<JournalEvent.ResourcePut>());
    }

    [Fact(Timeout = Patience)]
    public async Task An_address_moves_once_its_resource_gave_it_up()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "new.example.com"), default));
        Assert.Null(await ResolveAsync(broker, "web.example.com"));
        Resource other = Broker.ResourceOf("acme/production/other", "web.example.com");
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, other, default));
        Assert.Equal(other.Path, (await ResolveAsync(broker, "web.example.com"))!.Path);
        Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, other.Path, default));
        Assert.Null(await ResolveAsync(broker, "web.example.com"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_resource_that_names_an_address_twice_can_be_removed()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: ["a.example.com", "A.example.com"]), default));
        Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, Broker.Web, default));
        Assert.Null(await ResolveAsync(broker, "a.example.com"));
    }

    [Fact(Timeout = Patience)]
    public async Task The_most_addresses_can_be_exchanged_at_once()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        string[] HostsOf(string letter) => [.. Enumerable.Range(0, ResourceTree.MaximumHostCount).Select(number => $"{letter}{number}")];
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: HostsOf("a")), default));
        Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: HostsOf("b")), default));
        Assert.Null(await ResolveAsync(broker, "a0"));
        Assert.NotNull(await ResolveAsync(broker, "b39"));
    }

    [Fact(Timeout = Patience)]
    public async Task A_parent_must_be_there()
    {
        await using var broker = new Broker();
        Refusal? noProject = (await broker.Tree.PutEnvironmentAsync(
            Broker.Admin, new ProjectEnvironment(Broker.Web.Parent, "", SshSwitch.Enabled, false), default)).Refusal;
        Assert.Contains("no project acme", Broker.Refused<Refusal.NotFound>(noProject).Detail, StringComparison.Ordinal);
        Refusal? noEnvironment = (await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "a"), default)).Refusal;
        Assert.Contains("no environment acme/production", Broker.Refused<Refusal.NotFound>(noEnvironment).Detail, StringComparison.Ordinal);
        Assert.Null(await ResolveAsync(broker, "a"));
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_not_empty_is_not_removed_and_names_what_is_below()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        await broker.MakeEnvironmentAsync("acme-x/production");
        Refusal.Conflict project = Broker.Refused<Refusal.Conflict>(
            (await broker.Tree.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme"), default)).Refusal);
        Assert.Contains("acme/production", project.Detail, StringComparison.Ordinal);
        Refusal.Conflict environment = Broker.Refused<Refusal.Conflict>(
            (await broker.Tree.RemoveAsync(Broker.Admin, ResourcePath.Parse("acme/production"), default)).Refusal);
        Assert.Contains("acme/production/web", environment.Detail, StringComparison.Ordinal);
        foreach (string path in (string[])["acme/production/web", "acme/production", "acme"])
            Broker.Must(await broker.Tree.RemoveAsync(Broker.Admin, ResourcePath.Parse(path), default));
        Assert.False(await broker.Tree.ExistsAsync(ResourcePath.Parse("acme"), default));
        Assert.True(await broker.Tree.ExistsAsync(ResourcePath.Parse("acme-x/production"), default));
    }

    [Fact(Timeout = Patience)]
    public async Task An_unchanged_put_writes_nothing()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync(withGrant: false);
        int commits = broker.Store.CommitCount;
        await broker.MakeWebAsync(withGrant: false);
        Assert.Equal(commits, broker.Store.CommitCount);
    }

    [Fact(Timeout = Patience)]
    public async Task A_description_with_a_private_key_or_a_line_break_is_refused()
    {
        await using var broker = new Broker();
        foreach (string text in (string[])["-----BEGIN OPENSSH PRIVATE KEY-----", "two\nlines", new string('a', 501)])
        {
            var project = new Project(ResourcePath.Parse("acme"), text, SshSwitch.Enabled);
            Broker.Refused<Refusal.Invalid>((await broker.Tree.PutProjectAsync(Broker.Admin, project, default)).Refusal);
        }

        Assert.Equal(0, broker.Store.CommitCount);
    }

    [Fact(Timeout = Patience)]
    public async Task Lists_are_by_path_and_continue_after_one()
    {
        await using var broker = new Broker();
        foreach (string path in (string[])["acme/b", "acme/a", "acme-x/a"]) await broker.MakeEnvironmentAsync(path);
        foreach (string path in (string[])["acme/a/z", "acme/a/y", "acme/b/x", "acme-x/a/w"])
            Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(path, path.Replace('/', '.')), default));
        Assert.Equal(["acme", "acme-x"], await broker.Tree.ListProjectsAsync(null, default).Select(each => each.Path.Text).ToListAsync());
        Assert.Equal(
            ["acme/a", "acme/b"],
            await broker.Tree.ListEnvironmentsAsync(ResourcePath.Parse("acme"), null, default).Select(each => each.Path.Text).ToListAsync());
        Assert.Equal(["acme/a/y", "acme/a/z", "acme/b/x"], await ResourcesAsync(broker, "acme", null));
        Assert.Equal(["acme/a/z"], await ResourcesAsync(broker, "acme/a", "acme/a/y"));
        Assert.Equal(4, (await ResourcesAsync(broker, "/", null)).Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Of_two_that_claim_one_address_at_once_one_wins()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await using var broker = new Broker();
            await broker.MakeEnvironmentAsync("acme/a");
            await broker.MakeEnvironmentAsync("acme/b");
            Result<Resource>[] results = await Task.WhenAll(((string[])["acme/a/web", "acme/b/web"]).Select(path =>
                Task.Run(() => broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(path, "web.example.com"), default))));
            Resource winner = Assert.Single(results, result => result.Succeeded).Value!;
            Assert.Equal(winner.Path, (await ResolveAsync(broker, "web.example.com"))!.Path);
            Broker.Refused<Refusal.Conflict>(results.Single(result => !result.Succeeded).Refusal);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task Two_changes_of_one_resource_at_once_never_leave_an_address_that_it_does_not_list()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await using var broker = new Broker();
            await broker.MakeEnvironmentAsync();
            Broker.Must(await broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "a"), default));
            await Task.WhenAll(
                Task.Run(() => broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "b"), default)),
                Task.Run(() => broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: ["a", "c"]), default)));
            Resource? web = await broker.Tree.FindResourceAsync(Broker.Web, default);
            foreach (string host in (string[])["a", "b", "c"])
                Assert.Equal(web!.Hosts.Contains(Broker.HostOf(host)), await ResolveAsync(broker, host) is not null);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_child_put_while_its_parent_is_removed_is_never_an_orphan()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await using var broker = new Broker();
            await broker.MakeEnvironmentAsync();
            await Task.WhenAll(
                Task.Run(() => broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "a"), default)),
                Task.Run(() => broker.Tree.RemoveAsync(Broker.Admin, Broker.Web.Parent, default)));
            bool parent = await broker.Tree.ExistsAsync(Broker.Web.Parent, default);
            Assert.Equal(parent, await broker.Tree.ExistsAsync(Broker.Web, default));
            Assert.Equal(parent, await ResolveAsync(broker, "a") is not null);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_put_that_failed_is_taken_back_in_the_journal()
    {
        await using var broker = new Broker();
        await broker.MakeEnvironmentAsync();
        Support.Store.HeldCommit journaled = broker.Store.HoldNextCommit();
        broker.Store.FailNextCommit();
        Task<Result<Resource>> put = broker.Tree.PutResourceAsync(Broker.Admin, Broker.ResourceOf(hosts: "a"), default);
        await journaled.Reached;
        journaled.Release();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => put);
        JournalEntry[] entries = [.. await broker.EntriesAsync()];
        Assert.IsType<JournalEvent.ResourcePut>(entries[^2].Event);
        Assert.Equal(entries[^2].Position.Serial, Assert.IsType<JournalEvent.ActionFailed>(entries[^1].Event).Failed);
    }

    private static Task<Resource?> ResolveAsync(Broker broker, string host) => broker.Tree.ResolveAsync(HostAddress.Parse(host), default);

    private static async Task<List<string>> ResourcesAsync(Broker broker, string path, string? after)
    {
        ResourcePath? start = after is null ? null : ResourcePath.Parse(after);
        return await broker.Tree.ListResourcesAsync(ResourcePath.Parse(path), start, default).Select(each => each.Path.Text).ToListAsync();
    }
}
