using System.Diagnostics.Metrics;
using SshFunctions.Core.Journal.Checkpoints;

namespace SshFunctions.App.Hosting;

/// <summary>Makes visible whether the journal is sealed: a line for each checkpoint, a warning and a metric when there is none for too long.</summary>
internal sealed class JournalWatch : IDisposable
{
    /// <summary>Three times the interval of the timer that seals.</summary>
    public static readonly TimeSpan LongestUnsealed = TimeSpan.FromMinutes(15);

    private static readonly EventId Sealed = new(50, "JournalSealed");
    private static readonly EventId Unsealed = new(51, "JournalUnsealed");
    private static readonly EventId Removed = new(52, "JournalSegmentsRemoved");
    private static readonly EventId Due = new(53, "JournalSegmentsDue");

    private readonly TimeProvider _clock;
    private readonly ILogger<JournalWatch> _log;
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly DateTimeOffset _start;
    private long _goodTicks;

    public JournalWatch(TimeProvider clock, ILogger<JournalWatch> log)
    {
        _clock = clock;
        _log = log;
        _start = clock.GetUtcNow();
        _meter.CreateObservableGauge(
            "sshfn.journal.unsealed", () => (long)UnsealedFor.TotalSeconds, "s", "Time since everything in the journal was under a checkpoint, as this instance knows.");
    }

    /// <summary>How long ago this instance last saw everything sealed; since its start when it never did.</summary>
    public TimeSpan UnsealedFor =>
        _clock.GetUtcNow() - (Interlocked.Read(ref _goodTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : _start);

    /// <summary>Tells of a try to seal.</summary>
    /// <param name="finished">Whether everything is under a checkpoint now.</param>
    /// <param name="added">The last checkpoint that was added; null for none.</param>
    public void Tell(bool finished, Checkpoint? added)
    {
        if (finished) Interlocked.Exchange(ref _goodTicks, _clock.GetUtcNow().UtcTicks);
        if (added is not null)
            _log.LogInformation(Sealed, "Checkpoint {Checkpoint} {Hash} covers {Segments} segments", added.Number, added.Hash, added.Size);
        if (!finished && UnsealedFor >= LongestUnsealed)
            _log.LogWarning(Unsealed, "The journal has entries under no checkpoint since {Minutes} minutes", (long)UnsealedFor.TotalMinutes);
    }

    public void TellRemoved(long through) =>
        _log.LogInformation(Removed, "Journal segments up to {Segment} were kept long enough; their entries are removed, their heads stay sealed", through);

    public void TellDue(long through) => _log.LogInformation(
        Due, "Journal segments up to {Segment} are removed within a week; keep them with: sshfn audit export --output FILE", through);

    public void Dispose() => _meter.Dispose();
}
