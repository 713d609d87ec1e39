using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Tells the broker of logins, logouts and alarms; what it has heard leaves the spool.</summary>
internal static class DeliverSpool
{
    // The most that one request takes.
    private const int Batch = 100;

    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        while (Spool.Read(agent.Folders, Batch) is { Count: > 0 } waiting)
        {
            foreach ((string path, _) in waiting.Where(one => one.Entry is not { Session: not null } and not { Alarm: not null }))
            {
                Spool.Remove(path);
                agent.Raise(AlarmKind.Session, "a record of a login or logout was damaged before it could be told, and is lost");
            }

            await TellSessionsAsync(agent, [.. waiting.Where(one => one.Entry?.Session is not null)], cancellationToken);
            await TellAlarmsAsync(agent, [.. waiting.Where(one => one.Entry?.Alarm is not null)], cancellationToken);
        }
    }

    private static async Task TellSessionsAsync(HostAgent agent, IReadOnlyList<(string Path, SpoolEntry? Entry)> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        try
        {
            await agent.Client.PostAsync(
                Route.Of(Routes.HostSessions, agent.Settings.Host), new RecordSessionsRequest([.. entries.Select(one => one.Entry!.Session!)]),
                Contract.Json.RecordSessionsRequest, cancellationToken);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.Usage)
        {
            await TellOneByOneAsync(agent, entries, failure, cancellationToken);
            return;
        }

        Remove(entries);
    }

    // One record that the broker can't read must not hold back the others for ever.
    private static async Task TellOneByOneAsync(
        HostAgent agent, IReadOnlyList<(string Path, SpoolEntry? Entry)> entries, CommandFailedException failure, CancellationToken cancellationToken)
    {
        if (entries.Count > 1)
        {
            foreach ((string Path, SpoolEntry? Entry) entry in entries)
                await TellSessionsAsync(agent, [entry], cancellationToken);
            return;
        }

        Remove(entries);
        agent.Raise(AlarmKind.Session, $"the broker does not take the record of session {entries[0].Entry!.Session!.Session}: {failure.Message}");
    }

    private static async Task TellAlarmsAsync(HostAgent agent, IReadOnlyList<(string Path, SpoolEntry? Entry)> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        await ReportHost.RunAsync(agent, [.. entries.Select(one => one.Entry!.Alarm!)], cancellationToken);
        Remove(entries);
    }

    private static void Remove(IReadOnlyList<(string Path, SpoolEntry? Entry)> entries)
    {
        foreach ((string path, _) in entries)
            Spool.Remove(path);
    }
}
