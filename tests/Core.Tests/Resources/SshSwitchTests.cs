using SshFunctions.Core.Journal;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tests.Resources;

public sealed class SshSwitchTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("acme")]
    [InlineData("acme/production")]
    [InlineData("acme/production/web")]
    public async Task Switched_off_at_any_level_the_next_mint_is_refused_and_switched_on_it_is_not(string level)
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        await SetAsync(broker, level, SshSwitch.Disabled, "maintenance");
        Resource now = (await broker.Tree.FindResourceAsync(web.Path, default))!;
        Refusal.Denied refusal = Broker.Refused<Refusal.Denied>((await broker.IssueAsync(now)).Refusal);
        Assert.Contains($"SSH is disabled on", refusal.Detail, StringComparison.Ordinal);
        Assert.EndsWith(level, refusal.Detail, StringComparison.Ordinal);
        await SetAsync(broker, level, SshSwitch.Enabled, null);
        Broker.Must(await broker.IssueAsync(web));
    }

    [Fact(Timeout = Patience)]
    public async Task A_switch_leaves_everything_else_as_it_is()
    {
        await using var broker = new Broker();
        Resource web = await broker.MakeWebAsync();
        await SetAsync(broker, "acme/production/web", SshSwitch.Disabled, null);
        Resource after = (await broker.Tree.FindResourceAsync(web.Path, default))!;
        Assert.Equal(SshSwitch.Disabled, after.SshSwitch);
        Assert.Equal(web.Hosts.AsEnumerable(), after.Hosts);
        Assert.Equal(web.Logins.AsEnumerable(), after.Logins);
    }

    [Fact(Timeout = Patience)]
    public async Task The_journal_holds_who_switched_and_why_and_nothing_when_nothing_changed()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        await SetAsync(broker, "acme", SshSwitch.Disabled, "maintenance");
        await SetAsync(broker, "acme", SshSwitch.Disabled, "again");
        JournalEvent.SshSwitchSet entry = Assert.Single(await broker.EventsAsync<JournalEvent.SshSwitchSet>());
        Assert.Equal(("acme", SshSwitch.Disabled, "maintenance"), (entry.Path.Text, entry.State, entry.Reason));
    }

    [Fact(Timeout = Patience)]
    public async Task There_is_no_switch_over_everything_and_none_over_what_is_not_there()
    {
        await using var broker = new Broker();
        Assert.IsType<Refusal.Invalid>((await broker.Tree.SetSwitchAsync(Broker.Admin, ResourcePath.Root, SshSwitch.Disabled, null, default)).Refusal);
        Assert.IsType<Refusal.NotFound>(
            (await broker.Tree.SetSwitchAsync(Broker.Admin, ResourcePath.Parse("acme"), SshSwitch.Disabled, null, default)).Refusal);
    }

    private static async Task SetAsync(Broker broker, string path, SshSwitch state, string? reason) =>
        Broker.Must(await broker.Tree.SetSwitchAsync(Broker.Admin, ResourcePath.Parse(path), state, reason, default));
}
