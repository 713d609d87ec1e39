namespace SshFunctions.Azure.Tables;

/// <summary>The guards of one process that no commit holds.</summary>
internal sealed class CommitGuards(TimeProvider clock)
{
    /// <summary>
    /// How long a guard lies unused before it goes. It outlives every try of the commit that made it: the service refuses a signature of
    /// more than 15 min ago, and ends a write after 30 s. Sources: "Authorize with Shared Key", "Setting timeouts for Table service
    /// operations". A token is no signature of the request, but no network keeps one for minutes.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(16);

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();

    // The last one that was left is the first to be taken: so some are always in use, and others rest.
    private readonly Dictionary<string, Stack<CommitGuard>> _free = new(StringComparer.Ordinal);
    private readonly List<CommitGuard> _abandoned = [];
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>Gives a commit one to hold: one that is free, or a new one.</summary>
    public CommitGuard Take(string partition, string operation)
    {
        lock (_lock)
        {
            if (!_free.TryGetValue(partition, out Stack<CommitGuard>? guards)) return CommitGuard.New(partition, operation);
            CommitGuard guard = guards.Pop();
            if (guards.Count == 0) _free.Remove(partition);
            return guard;
        }
    }

    /// <summary>Takes one back whose state is known.</summary>
    public void Leave(CommitGuard guard)
    {
        lock (_lock)
        {
            if (!_free.TryGetValue(guard.Partition, out Stack<CommitGuard>? guards)) _free[guard.Partition] = guards = new Stack<CommitGuard>();
            guards.Push(guard with { LeftAt = clock.GetTimestamp() });
        }
    }

    /// <summary>Takes one back that may or may not be there; no commit gets it again.</summary>
    public void Abandon(CommitGuard guard)
    {
        lock (_lock) _abandoned.Add(guard with { LeftAt = clock.GetTimestamp(), MayComeLate = true });
    }

    /// <summary>Gives away those that may be removed now because they rested; none if that was asked a moment ago.</summary>
    public IReadOnlyList<CommitGuard> TakeRested()
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_sweptAt) < SweepInterval) return [];
            _sweptAt = clock.GetTimestamp();
            return TakeAll(HasRested);
        }
    }

    /// <summary>Gives away those that may be removed now, for the end of the process.</summary>
    public IReadOnlyList<CommitGuard> TakeRemovable()
    {
        lock (_lock) return TakeAll(guard => !guard.MayComeLate || HasRested(guard));
    }

    private bool HasRested(CommitGuard guard) => clock.GetElapsedTime(guard.LeftAt) >= Rest;

    private List<CommitGuard> TakeAll(Func<CommitGuard, bool> isWanted)
    {
        List<CommitGuard> taken = [.. _abandoned.Where(isWanted)];
        _abandoned.RemoveAll(guard => isWanted(guard));
        foreach ((string partition, Stack<CommitGuard> guards) in _free.ToArray())
        {
            // One that was never written is only forgotten.
            taken.AddRange(guards.Where(guard => guard.Version is not null && isWanted(guard)));
            CommitGuard[] kept = [.. guards.Where(guard => !isWanted(guard)).Reverse()];
            if (kept.Length == 0) _free.Remove(partition);
            else _free[partition] = new Stack<CommitGuard>(kept);
        }

        return taken;
    }
}
