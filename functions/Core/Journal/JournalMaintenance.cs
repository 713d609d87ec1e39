using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Closes what dead broker instances left open. Any instance may run it at any time, also several at once.</summary>
public sealed class JournalMaintenance
{
    /// <summary>What the last entry of a segment says that its writer did not end.</summary>
    internal const string Abandoned = "abandoned";

    private readonly SegmentRegistry _registry;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the journal lies.</param>
    /// <param name="clock">Says how long ago the last entry was.</param>
    public JournalMaintenance(IStore store, TimeProvider clock)
    {
        _registry = new SegmentRegistry(store, clock);
        _clock = clock;
    }

    /// <summary>How long after its last entry a segment that is open counts as abandoned.</summary>
    /// <value>Three times <see cref="IdleLimit"/>, for clocks that differ and commits that take long.</value>
    public static TimeSpan AbandonedAfter { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How long after its last entry a writer among several instances still continues its segment.</summary>
    public static TimeSpan IdleLimit { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Closes the segments whose last entry is old.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were closed.</returns>
    /// <remarks>A writer that was only suspended loses nothing that it told anybody: its next commit fails, and it opens another segment.</remarks>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<int> CloseAbandonedAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        foreach (long number in await _registry.ListOpenAsync(cancellationToken))
        {
            JournalEntry? last = await _registry.FindLastAsync(number, cancellationToken);
            DateTimeOffset? alive = last?.Time ?? (await _registry.FindAsync(number, cancellationToken))?.Opened;
            if (_clock.GetUtcNow() - alive < AbandonedAfter) continue;
            await _registry.CloseAsync(number, Abandoned, cancellationToken);
            count++;
        }

        return count;
    }
}
