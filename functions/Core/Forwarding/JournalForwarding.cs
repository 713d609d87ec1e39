using System.Collections.Immutable;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Forwarding;

/// <summary>Sends the journal to everybody outside who wants it, at least once. Any instance may run it at any time.</summary>
/// <remarks>
/// Partition <c>forwarding</c>: one row for each target that has a history. Targets run beside each other: one that is away is tried
/// again after a growing pause, loses nothing and holds back no other.
/// </remarks>
public sealed class JournalForwarding
{
    private const string Partition = "forwarding";
    private const int WindowSize = 500;

    // Shorter than the pause between two runs.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(40);

    private readonly IStore _store;
    private readonly JournalFollower _follower;
    private readonly TimeProvider _clock;
    private readonly ImmutableArray<JournalForwarder> _forwarders;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where it is kept how it stands with each target.</param>
    /// <param name="follower">Where entries come from.</param>
    /// <param name="forwarders">The targets; names are unique.</param>
    /// <param name="clock">Says when a target is tried again.</param>
    public JournalForwarding(IStore store, JournalFollower follower, IEnumerable<JournalForwarder> forwarders, TimeProvider clock)
    {
        _store = store;
        _follower = follower;
        _clock = clock;
        _forwarders = [.. forwarders];
    }

    /// <summary>Sends what was not sent yet, to every target that is due; a great arrears takes several runs.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How it stands with each target afterwards.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; what was sent meanwhile may be sent again.</exception>
    public async Task<IReadOnlyList<ForwardingStatus>> RunAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_forwarders.Select(forwarder => RunAsync(forwarder, cancellationToken)));

    /// <summary>How it stands with each target.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One for each, in the order of the configuration.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<IReadOnlyList<ForwardingStatus>> ListAsync(CancellationToken cancellationToken)
    {
        var statuses = new List<ForwardingStatus>();
        foreach (JournalForwarder forwarder in _forwarders)
            statuses.Add(await StatusOfAsync(forwarder, (await ReadAsync(forwarder, cancellationToken))?.Value ?? new(), cancellationToken));
        return statuses;
    }

    private async Task<ForwardingStatus> RunAsync(JournalForwarder forwarder, CancellationToken cancellationToken)
    {
        Stored<ForwardingState>? stored = await ReadAsync(forwarder, cancellationToken);
        ForwardingState state = stored?.Value ?? new();
        DateTimeOffset start = _clock.GetUtcNow();
        if (!(state.RetryAt > start))
        {
            var run = new ForwardingRun(forwarder);
            FollowOutcome outcome;
            do
            {
                outcome = (await _follower.FollowAsync(FollowerOf(forwarder), FollowStart.Beginning, WindowSize, run.TakeAsync, cancellationToken)).Outcome;
            }
            while (outcome == FollowOutcome.More && _clock.GetUtcNow() - start < LongestRun);
            state = await KeepAsync(forwarder, stored, run, cancellationToken);
        }

        return await StatusOfAsync(forwarder, state, cancellationToken);
    }

    private async Task<ForwardingState> KeepAsync(
        JournalForwarder forwarder, Stored<ForwardingState>? stored, ForwardingRun run, CancellationToken cancellationToken)
    {
        ForwardingState before = stored?.Value ?? new();
        DateTimeOffset now = _clock.GetUtcNow();
        ForwardingState after = run.Failure is { } failure ? before.AfterFailure(now, failure.Detail, run.HasSent) : before.AfterSuccess(now, run.HasSent);
        // What another instance wrote meanwhile is as true.
        if (after != before)
            await _store.TryPutAsync(KeyOf(forwarder), Json.Encode(after, CoreJson.Default.ForwardingState), stored?.Version, cancellationToken);
        return after;
    }

    private async Task<ForwardingStatus> StatusOfAsync(JournalForwarder forwarder, ForwardingState state, CancellationToken cancellationToken) => new(
        forwarder.Name,
        forwarder.Target.Description,
        await _follower.FindLagAsync(FollowerOf(forwarder), cancellationToken),
        state.FailureCount,
        state.FailedSince,
        state.Failure,
        state.RetryAt,
        state.LastSent);

    private ValueTask<Stored<ForwardingState>?> ReadAsync(JournalForwarder forwarder, CancellationToken cancellationToken) =>
        _store.ReadAsync(KeyOf(forwarder), CoreJson.Default.ForwardingState, cancellationToken);

    private static DocumentKey KeyOf(JournalForwarder forwarder) => new(Partition, DocumentKey.ShortSegment(forwarder.Name));

    private static string FollowerOf(JournalForwarder forwarder) => "forward-" + forwarder.Name;
}
