using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Tells the broker of logins, logouts and alarms; what it has heard leaves the spool.</summary>
/// <remarks>
/// A broker that is away or busy is asked again later, and everything is kept. What a broker refuses is halved until it is known which
/// entry it is: that one is set aside and holds back no other.
/// </remarks>
internal static class DeliverSpool
{
    private const int Batch = 20;

    // The broker takes 64 KiB unless it was told otherwise; more than one entry goes only below this.
    private const int LargestBodyBytes = 60 * 1024;

    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        while (Spool.Read(agent.Folders, Batch) is { Count: > 0 } waiting)
        {
            SetAsideDamaged(agent, waiting);
            await InPartsAsync(
                [.. waiting.Where(one => one.Entry is { Session: not null, Alarm: null })],
                part => TellSessionsAsync(agent, [.. part.Select(one => one.Entry!.Session!)], cancellationToken),
                (one, failure) => SetAsideSession(agent, one, failure));
            await InPartsAsync(
                [.. waiting.Where(one => one.Entry is { Session: null, Alarm: not null })],
                part => TellAlarmsAsync(agent, [.. part.Select(one => one.Entry!.Alarm!)], cancellationToken),
                (one, failure) => SetAsideAlarmAsync(agent, one, failure, cancellationToken));
        }
    }

    private static void SetAsideDamaged(HostAgent agent, IReadOnlyList<SpooledFile> waiting)
    {
        foreach (SpooledFile one in waiting.Where(one => one.Entry is not { Session: not null, Alarm: null } and not { Session: null, Alarm: not null }))
        {
            Spool.SetAside(agent.Folders, one.Path);
            agent.Raise(AlarmKind.Session, "a record of a login or logout was damaged before it could be told, and is set aside");
        }
    }

    private static async Task InPartsAsync(SpooledFile[] part, Func<SpooledFile[], Task> tell, Func<SpooledFile, CommandFailedException, Task> setAside)
    {
        if (part.Length == 0)
            return;
        try
        {
            await tell(part);
        }
        catch (CommandFailedException failure) when (failure.ExitCode == ExitCode.Usage)
        {
            if (part.Length == 1)
            {
                await setAside(part[0], failure);
                return;
            }

            await InPartsAsync(part[..(part.Length / 2)], tell, setAside);
            await InPartsAsync(part[(part.Length / 2)..], tell, setAside);
            return;
        }

        foreach (SpooledFile one in part)
            Spool.Remove(one.Path);
    }

    private static async Task TellSessionsAsync(HostAgent agent, SessionEvent[] events, CancellationToken cancellationToken)
    {
        RecordSessionsRequest request = new(events);
        bool isLarge = JsonSerializer.SerializeToUtf8Bytes(request, Contract.Json.RecordSessionsRequest).Length > LargestBodyBytes;
        if (isLarge && events.Length > 1)
            throw TooLarge();
        // Without it the login is one that nothing explains, and the broker raises the alarm.
        if (isLarge)
            request = new([events[0] with { Certificate = null }]);
        await agent.Client.PostAsync(Route.Of(Routes.HostSessions, agent.Settings.Host), request, Contract.Json.RecordSessionsRequest, cancellationToken);
    }

    private static async Task TellAlarmsAsync(HostAgent agent, HostAlarm[] alarms, CancellationToken cancellationToken)
    {
        // Text in JSON takes up to six bytes a character.
        if (alarms.Length > 1 && alarms.Sum(alarm => alarm.Detail.Length) * 6 > LargestBodyBytes)
            throw TooLarge();
        await ReportHost.RunAsync(agent, alarms, cancellationToken);
    }

    private static Task SetAsideSession(HostAgent agent, SpooledFile one, CommandFailedException failure)
    {
        Spool.SetAside(agent.Folders, one.Path);
        agent.Raise(AlarmKind.Session, $"the broker does not take the record of session {one.Entry!.Session!.Session}, it is set aside: {failure.Message}");
        return Task.CompletedTask;
    }

    private static async Task SetAsideAlarmAsync(HostAgent agent, SpooledFile one, CommandFailedException failure, CancellationToken cancellationToken)
    {
        // A report that is refused without any alarm says nothing about this one.
        await ReportHost.RunAsync(agent, [], cancellationToken);
        Spool.SetAside(agent.Folders, one.Path);
        // The same words whichever alarm it was: one that is refused itself must not raise another.
        agent.Raise(AlarmKind.Session, $"the broker does not take an alarm of this host, it is set aside: {failure.Message}");
    }

    private static CommandFailedException TooLarge() => new(ExitCode.Usage, "it is too much for one request");
}
