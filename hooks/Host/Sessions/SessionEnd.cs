using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>Ends a connection: the monitor, so that PAM hears of it, then everything that it started and that would live on.</summary>
internal static class SessionEnd
{
    private const int HangUp = 1;
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends it and says so in the spool; a session that is over already is only said so.</summary>
    internal static async Task EndAsync(HostFolders folders, LiveSession session, string reason)
    {
        // First on disk: whoever dies in between, the next run goes on, and the monitor's own farewell stays silent.
        LiveSession ending = session with { EndReason = reason };
        SessionFiles.Write(folders, ending);
        // Collected before the monitor ends: its children would be init's then.
        IReadOnlyList<(int Process, ulong Start)> below = IsAlive(session) ? ProcessTable.Below(session.Monitor) : [];
        ProcessTable.Signal(session.Monitor, session.Started, Terminate);
        foreach ((int process, ulong start) in below)
            ProcessTable.Signal(process, start, HangUp);
        await WaitAsync(session, below);
        ProcessTable.Signal(session.Monitor, session.Started, Kill);
        foreach ((int process, ulong start) in below)
            ProcessTable.Signal(process, start, Kill);
        Finish(folders, ending);
    }

    internal static void Finish(HostFolders folders, LiveSession session)
    {
        Spool.Add(folders, session.ToEvent(session.EndReason is null ? SessionKind.Closed : SessionKind.Ended, Clock.Now));
        SessionFiles.Remove(folders, session);
    }

    internal static bool IsAlive(LiveSession session) => ProcessTable.StartOf(session.Monitor) == session.Started;

    private static async Task WaitAsync(LiveSession session, IReadOnlyList<(int Process, ulong Start)> below)
    {
        using CancellationTokenSource deadline = new(Patience);
        try
        {
            while (IsAlive(session) || below.Any(one => ProcessTable.StartOf(one.Process) == one.Start))
                await Task.Delay(Step, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // Then they are killed.
        }
    }
}
