using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Tests.Hosts;

public sealed class HostReportingTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task Keeps_what_is_in_force_and_raises_each_alarm_once()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        var alarm = new RaisedAlarm("krl-1", "revocation-list", "the list went back to version 3", broker.Now);

        TakenReport first = await TakeAsync(broker, host, 7, alarm);
        TakenReport second = await TakeAsync(broker, host, 8, alarm, alarm with { Id = "krl-2" });

        Assert.Equal([alarm], first.NewAlarms);
        Assert.Equal(["krl-2"], second.NewAlarms.Select(raised => raised.Id));
        Assert.Equal(8, (await broker.Hosts.FindAsync(host.Host.Id, default))!.State!.RevocationListVersion);
        Assert.Equal(["krl-1", "krl-2"], (await broker.EventsAsync<JournalEvent.HostAlarm>()).Select(entry => entry.Alarm));
    }

    [Fact(Timeout = Patience)]
    public async Task An_alarm_that_many_tell_at_once_is_raised_once_and_two_hosts_may_use_one_name()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost one = await broker.EnrollAsync();
        AdmittedHost two = await broker.EnrollAsync();
        var alarm = new RaisedAlarm("krl-1", "revocation-list", "why", broker.Now);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => broker.Reporting.TakeAsync(
            Broker.CallerOf(one), one.Host, State(broker, 1), [alarm], default))));
        await TakeAsync(broker, two, 1, alarm);

        Assert.Equal(new[] { one.Host.Id, two.Host.Id }.Order(Comparer<HostId>.Create((a, b) => string.CompareOrdinal(a.Text, b.Text))),
            (await broker.EventsAsync<JournalEvent.HostAlarm>()).Select(entry => entry.Host).Order(Comparer<HostId>.Create((a, b) => string.CompareOrdinal(a.Text, b.Text))));
    }

    [Fact(Timeout = Patience)]
    public async Task An_alarm_whose_entry_failed_is_raised_by_a_later_report()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        var alarm = new RaisedAlarm("krl-1", "revocation-list", "why", broker.Now);
        broker.Store.HoldNextCommit().Release();
        broker.Store.FailNextCommit();
        await Assert.ThrowsAsync<Core.Ports.StoreUnavailableException>(() => TakeAsync(broker, host, 1, alarm));
        Broker.Refused<Refusal.Unavailable>((await broker.Reporting.TakeAsync(Broker.CallerOf(host), host.Host, State(broker, 1), [alarm], default)).Refusal);
        broker.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single((await TakeAsync(broker, host, 1, alarm)).NewAlarms);
        Assert.Single(await broker.EventsAsync<JournalEvent.HostAlarm>());
    }

    [Fact(Timeout = Patience)]
    public async Task A_removed_host_reports_nothing()
    {
        await using var broker = new Broker();
        await broker.MakeWebAsync();
        AdmittedHost host = await broker.EnrollAsync();
        Broker.Must(await broker.HostRemoval.RemoveAsync(Broker.Admin, host.Host, default));
        Broker.Refused<Refusal.Denied>((await broker.Reporting.TakeAsync(Broker.CallerOf(host), host.Host, State(broker, 1), [], default)).Refusal);
    }

    private static HostState State(Broker broker, long version) => new(broker.Now, 1, version, "9.2", "1.0");

    private static async Task<TakenReport> TakeAsync(Broker broker, AdmittedHost host, long version, params RaisedAlarm[] alarms) =>
        Broker.Must(await broker.Reporting.TakeAsync(Broker.CallerOf(host), host.Host, State(broker, version), alarms, default));
}
