using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Tunnel;

/// <summary>Keeps the reverse tunnel open: a fresh certificate, ssh, and again when that ends.</summary>
/// <remarks>
/// A connection outlives its certificate. A certificate is renewed while ssh runs, so that a tunnel whose bastion restarts comes back
/// even when the broker is away just then.
/// </remarks>
internal sealed class TunnelKeeper(HostFolders folders, TunnelCredentials credentials, string target)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RenewalCheck = TimeSpan.FromSeconds(30);

    // A connection that held this long was a good one: the next failure is a new one.
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(20);

    /// <summary>Runs until it is told to stop.</summary>
    /// <exception cref="CommandFailedException">The broker refuses the tunnel, or this machine is no host any more.</exception>
    internal async Task RunAsync(CancellationToken stop)
    {
        TimeSpan pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            long began = TimeProvider.System.GetTimestamp();
            if (await FreshRouteAsync(stop) is { } route)
                await HoldAsync(route, stop);
            if (stop.IsCancellationRequested)
                return;
            pause = TimeProvider.System.GetElapsedTime(began) > GoodLife ? ShortestPause : Min(pause * 2, LongestPause);
            Terminal.Note($"the tunnel is down; trying again in {pause.TotalSeconds:0} s");
            await WaitAsync(pause, stop);
        }
    }

    /// <summary>A new certificate when the one at hand is in its last third; the old one while the broker is away.</summary>
    private async Task<TunnelRoute?> FreshRouteAsync(CancellationToken stop)
    {
        // Unenrolled meanwhile: asking would make a key anew.
        if (!Files.Exists(folders.Settings))
            throw new CommandFailedException(ExitCode.NotFound, "this machine is no longer enrolled: its tunnel ends", "systemctl disable --now its unit, if there is one");
        TunnelRoute? kept = credentials.Kept();
        if (kept is not null && !IsInLastThird(kept))
            return kept;
        try
        {
            return await credentials.RenewAsync(stop);
        }
        catch (CommandFailedException failure) when (failure.ExitCode is ExitCode.Unavailable or ExitCode.TooMany)
        {
            Terminal.Error(failure.Message);
            return kept;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task HoldAsync(TunnelRoute route, CancellationToken stop)
    {
        using RunningProgram ssh = TunnelSsh.Start(folders, route, target);
        TunnelProcess.Note(folders, ssh.Id);
        try
        {
            while (!ssh.HasEnded && !stop.IsCancellationRequested)
            {
                using var turn = CancellationTokenSource.CreateLinkedTokenSource(stop);
                turn.CancelAfter(RenewalCheck);
                await ssh.EndsAsync(turn.Token);
                if (!ssh.HasEnded && !stop.IsCancellationRequested)
                    await FreshRouteAsync(stop);
            }
        }
        finally
        {
            TunnelProcess.End(folders);
            await ssh.EndsAsync(CancellationToken.None);
        }
    }

    private static async Task WaitAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private static bool IsInLastThird(TunnelRoute route) =>
        route.Validity.Before - Clock.Now < (route.Validity.Before - route.Validity.After) / 3;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
