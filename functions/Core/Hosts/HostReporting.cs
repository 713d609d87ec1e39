using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Hosts;

/// <summary>Takes what hosts say of themselves, and raises each of their alarms once.</summary>
public sealed class HostReporting
{
    /// <summary>Kind of the alarms by which a host says that it refuses what the broker's keys say.</summary>
    public const string TrustAlarm = "trust-bundle";

    private readonly HostRegistry _hosts;
    private readonly HostEvents _events;
    private readonly JournalWriter _journal;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="hosts">Where the state of a host is kept.</param>
    /// <param name="store">Remembers which alarms were raised.</param>
    /// <param name="journal">Where alarms are recorded.</param>
    /// <param name="clock">Times.</param>
    public HostReporting(HostRegistry hosts, IStore store, JournalWriter journal, TimeProvider clock)
    {
        _hosts = hosts;
        _events = new HostEvents(store, clock);
        _journal = journal;
    }

    /// <summary>Takes a report.</summary>
    /// <param name="caller">The host's own proof.</param>
    /// <param name="host">The host that the caller is.</param>
    /// <param name="state">What is in force there.</param>
    /// <param name="alarms">What it refused or noticed; one that was told before raises none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The host and its new alarms; <see cref="Refusal.Denied"/> when it was removed meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating the report does the rest.</exception>
    public async Task<Result<TakenReport>> TakeAsync(
        Caller caller, EnrolledHost host, HostState state, IEnumerable<RaisedAlarm> alarms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(alarms);
        var raised = new List<RaisedAlarm>();
        foreach (RaisedAlarm alarm in alarms)
        {
            Result<string> result = await _events.OnceAsync(host.Id, $"a:{alarm.Id}", async () =>
            {
                var entry = new JournalEvent.HostAlarm(host.Id, host.Resource, alarm.Id, alarm.Kind, alarm.Detail, alarm.Time);
                await _journal.AppendAsync(caller, entry, cancellationToken);
                raised.Add(alarm);
                return "raised";
            }, cancellationToken);
            if (!result.Try(out _, out Refusal? refusal)) return refusal;
        }

        return await _hosts.ChangeAsync(host.Id, current => Told(current, state, raised), cancellationToken) is { } reported
            ? new TakenReport(reported, raised)
            : new Refusal.Denied($"host {host.Id} was removed a moment ago", "enroll it again: sshfn host enroll");
    }

    // A rotation that hosts refuse is taken back.
    private static EnrolledHost Told(EnrolledHost host, HostState state, IEnumerable<RaisedAlarm> raised) => host with
    {
        State = state,
        TrustRefusal = raised.LastOrDefault(alarm => alarm.Kind == TrustAlarm) is { } refused ? new TrustRefusal(state.Received, refused.Detail) : host.TrustRefusal,
    };
}
