using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Tickets;

/// <summary>Records what is refused of ticket systems, within a bound: whoever can reach the broker could else fill the journal.</summary>
/// <remarks>For each source ten at once and one a minute; what is beyond is counted, and told with the next. Thread safe.</remarks>
public sealed class TicketRefusals
{
    private const int Burst = 10;
    private const int MaximumReasonLength = 300;
    private static readonly TimeSpan Refill = TimeSpan.FromMinutes(1);

    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="journal">Where they are recorded.</param>
    /// <param name="clock">Says when there is room again.</param>
    public TicketRefusals(JournalWriter journal, TimeProvider clock)
    {
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Records a refusal, or counts it.</summary>
    /// <param name="source">One of the configured sources, or of those that write to the queue; null for any other.</param>
    /// <param name="reason">Why, without a word of what was sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is durable, if it is recorded.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The entry did not become durable.</exception>
    public async Task RecordAsync(string? source, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (Take(source ?? "") is not { } unrecorded) return;
        string brief = reason.Length > MaximumReasonLength ? reason[..MaximumReasonLength] : reason;
        await _journal.AppendAsync(Caller.System, new JournalEvent.TicketRefused(source, brief, unrecorded), cancellationToken);
    }

    /// <summary>How many were counted since the last that was recorded; null when this one is to be counted too.</summary>
    private int? Take(string source)
    {
        lock (_lock)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            Allowance before = _allowances.GetValueOrDefault(source, new Allowance(Burst, now, 0));
            double room = Math.Min(Burst, before.Room + ((now - before.Time) / Refill));
            bool taken = room >= 1;
            _allowances[source] = taken ? new Allowance(room - 1, now, 0) : new Allowance(room, now, before.Unrecorded + 1);
            return taken ? before.Unrecorded : null;
        }
    }

    private sealed record Allowance(double Room, DateTimeOffset Time, int Unrecorded);
}
