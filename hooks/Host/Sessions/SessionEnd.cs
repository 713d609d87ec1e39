using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>Ends a connection: the monitor, so that PAM hears of it, then everything that it started and that would live on.</summary>
/// <remarks>
/// A process that left the tree before (its parents ended, so that it is init's, in a session of its own) is not found and lives on, as it
/// does after a logout: to end those too is for systemd's <c>KillUserProcesses</c>.
/// </remarks>
internal static class SessionEnd
{
    private const int HangUp = 1;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int MostRounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends it and says so in the spool; a session that is over already is only said so.</summary>
    internal static async Task EndAsync(HostFolders folders, LiveSession session, string reason)
    {
        // First on disk: whoever dies in between, the next run goes on, and the monitor's own farewell stays silent.
        LiveSession ending = session with { EndReason = reason };
        SessionFiles.Write(folders, ending);
        // Collected before the monitor ends: its children would be init's then.
        HashSet<(int Process, ulong Start)> below = [.. IsAlive(session) ? ProcessTable.Below(session.Monitor) : []];
        ProcessTable.Signal(session.Monitor, session.Started, Terminate);
        SignalAll(below, HangUp);
        Gather(session, below, HangUp);
        await WaitAsync(session, below);
        // What those that did not listen have started since, before its parents are gone.
        Gather(session, below, Kill);
        ProcessTable.Signal(session.Monitor, session.Started, Kill);
        SignalAll(below, Kill);
        Finish(folders, ending);
    }

    internal static void Finish(HostFolders folders, LiveSession session)
    {
        Spool.Add(folders, session.ToEvent(session.EndReason is null ? SessionKind.Closed : SessionKind.Ended, Clock.Now));
        SessionFiles.Remove(folders, session);
    }

    internal static bool IsAlive(LiveSession session) => ProcessTable.StartOf(session.Monitor) == session.Started;

    // Children that were started while we looked; one round more than it takes finds nothing new.
    private static void Gather(LiveSession session, HashSet<(int Process, ulong Start)> below, int signal)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            IEnumerable<int> alive = below.Where(one => ProcessTable.StartOf(one.Process) == one.Start).Select(one => one.Process);
            (int Process, ulong Start)[] found = [.. ProcessTable.Below([.. IsAlive(session) ? [session.Monitor] : Array.Empty<int>(), .. alive]).Except(below)];
            if (found.Length == 0)
                return;
            below.UnionWith(found);
            SignalAll(found, signal);
        }
    }

    private static void SignalAll(IEnumerable<(int Process, ulong Start)> processes, int signal)
    {
        foreach ((int process, ulong start) in processes)
            ProcessTable.Signal(process, start, signal);
    }

    private static async Task WaitAsync(LiveSession session, IReadOnlyCollection<(int Process, ulong Start)> below)
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
