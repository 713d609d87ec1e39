using System.Diagnostics.Metrics;
using SshFunctions.Core.Forwarding;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Shows how far each target is behind.</summary>
internal sealed class ForwardingMetrics : IDisposable
{
    private readonly Meter _meter = new(Telemetry.Name);
    private readonly TimeProvider _clock;
    private volatile IReadOnlyList<ForwardingStatus> _statuses = [];

    public ForwardingMetrics(TimeProvider clock)
    {
        _clock = clock;
        _meter.CreateObservableGauge("sshfn.forwarding.waiting", () => Measure(status => status.Lag?.EntryCount ?? 0), "{entry}", "Journal entries that a target was not sent yet");
        _meter.CreateObservableGauge("sshfn.forwarding.delay", () => Measure(DelayOf), "s", "Age of the oldest of them");
        _meter.CreateObservableGauge("sshfn.forwarding.failures", () => Measure(status => status.FailureCount), "{try}", "Tries that failed since the last that did not");
    }

    /// <summary>Takes what the last run found.</summary>
    public void Take(IReadOnlyList<ForwardingStatus> statuses) => _statuses = statuses;

    public void Dispose() => _meter.Dispose();

    private long DelayOf(ForwardingStatus status) => status.Lag?.Oldest is { } oldest ? (long)(_clock.GetUtcNow() - oldest).TotalSeconds : 0;

    private IEnumerable<Measurement<long>> Measure(Func<ForwardingStatus, long> value) =>
        _statuses.Select(status => new Measurement<long>(value(status), new KeyValuePair<string, object?>("sshfn.forwarder", status.Name)));
}
