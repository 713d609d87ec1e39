using SshFunctions.Api;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Notifications;

namespace SshFunctions.App.Http.Contract;

/// <summary>What goes out of the broker by itself, as the API writes it.</summary>
internal static class OutboundContract
{
    public static ForwardingResponse Of(ForwardingStatus status) => new(
        status.Name,
        status.Target,
        status.Lag?.EntryCount,
        status.Lag?.Oldest,
        status.FailureCount,
        status.FailedSince,
        status.Failure,
        status.RetryAt,
        status.LastSent);

    public static FailedNotificationResponse Of(FailedNotification failed) =>
        new(failed.Id, failed.Subscription, failed.Serial, failed.Kind, failed.Reason, failed.GivenUp ?? failed.LastTried);
}
