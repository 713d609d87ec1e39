using SshFunctions.App.Http;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.App.Tests.Access;

public sealed class LastingRightsTests
{
    private const int Patience = 60_000;
    private static readonly Caller Alice = new(CallerKind.Person, Subject.Parse("alice"), []);
    private static readonly ResourcePath Production = ResourcePath.Parse("acme/production");

    [Theory(Timeout = Patience)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_manager_for_a_while_does_not_make_rules_that_last(bool ends, bool expected)
    {
        var clock = new ManualClock();
        var store = new InMemoryStore();
        await using var journal = new JournalWriter(store, clock, "one", "1.0");
        var place = new AccessRulePlace(await AuthorityAsync(store, journal, clock, "acme", ends), new AccessRuleRegistry(store, journal, await TreeAsync(store, journal)));
        AccessRule rule = AccessRule.Default(Production) with { Approvers = [Holder.Of(Alice.Subject)], LongestDuration = TimeSpan.FromHours(1) };
        Assert.Equal(expected, (await place.RequireAsync(Alice, Production, default)).Succeeded);
        Assert.Equal(expected, (await place.RequireToGiveAsync(Alice, rule, default)).Succeeded);
    }

    [Theory(Timeout = Patience)]
    [InlineData("acme", true, false)]
    [InlineData("acme/production", false, false)]
    [InlineData("acme", false, true)]
    public async Task Only_a_lasting_manager_of_the_project_takes_the_protection_from_an_environment(string path, bool ends, bool expected)
    {
        var clock = new ManualClock();
        var store = new InMemoryStore();
        await using var journal = new JournalWriter(store, clock, "one", "1.0");
        var protection = new EnvironmentProtection(await AuthorityAsync(store, journal, clock, path, ends), await TreeAsync(store, journal));
        Assert.Equal(expected, (await protection.RequireToLiftAsync(Alice, Production, default)).Succeeded);
    }

    private static async Task<Authority> AuthorityAsync(InMemoryStore store, JournalWriter journal, ManualClock clock, string path, bool ends)
    {
        var grants = new GrantRegistry(store, journal);
        var grant = new Grant(
            GrantId.Parse("g1"), ResourcePath.Parse(path), Role.Manager, Holder.Of(Alice.Subject), null, null, null, [.. Enum.GetValues<Permission>()],
            null, ends ? clock.GetUtcNow().AddHours(8) : null);
        Assert.True((await grants.PutAsync(Caller.System, grant, default)).Succeeded);
        return new Authority(grants, clock);
    }

    private static async Task<ResourceTree> TreeAsync(InMemoryStore store, JournalWriter journal)
    {
        var tree = new ResourceTree(store, journal);
        Assert.True((await tree.PutProjectAsync(Caller.System, new Project(Production.Parent, "", SshSwitch.Enabled), default)).Succeeded);
        Assert.True((await tree.PutEnvironmentAsync(Caller.System, new ProjectEnvironment(Production, "", SshSwitch.Enabled, Protected: true), default)).Succeeded);
        return tree;
    }
}
