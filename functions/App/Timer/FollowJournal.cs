using SshFunctions.App.Hosting.Outbound;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Notifications;

namespace SshFunctions.App.Timer;

/// <summary>Sends the journal to those who want all of it, and finds notifications whose nudge was lost.</summary>
internal sealed class FollowJournal : ITimerFunction
{
    private static readonly EventId Behind = new(40, "ForwardingFailed");

    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(FollowJournal),
        "Forwards the journal, and notifies of what it records.",
        "15 * * * * *",
        TimeSpan.FromMinutes(1));

    public async Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        // Beside each other: a target that takes its time delays no notification.
        Task notified = services.GetRequiredService<NotificationCenter>().FollowAsync(cancellationToken);
        Task<IReadOnlyList<ForwardingStatus>> forwarded = services.GetRequiredService<JournalForwarding>().RunAsync(cancellationToken);
        await Task.WhenAll(notified, forwarded);
        IReadOnlyList<ForwardingStatus> statuses = await forwarded;
        services.GetRequiredService<ForwardingMetrics>().Take(statuses);
        ILogger log = services.GetRequiredService<ILogger<FollowJournal>>();
        foreach (ForwardingStatus status in statuses.Where(status => status.FailureCount > 0))
        {
            log.LogWarning(
                Behind,
                "Forwarder {Forwarder} has failed {Count} times since {Since}, {Waiting} entries wait: {Failure}",
                status.Name,
                status.FailureCount,
                status.FailedSince,
                status.Lag?.EntryCount,
                status.Failure);
        }
    }
}
