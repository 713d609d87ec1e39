using SshFunctions.Core.Webhooks;

namespace SshFunctions.Core.Notifications;

/// <summary>Posts a notification to the address of its subscription.</summary>
/// <remarks>Success means that the receiver answered so. Ends by itself within a minute; follows no redirect; signs where there is a secret.</remarks>
public interface INotificationSender
{
    /// <summary>Posts it.</summary>
    /// <param name="subscription">Whose.</param>
    /// <param name="stamp">Identifier and time; the same identifier for every try.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the receiver took it; the refusal holds no secret, nor an address that is one.</returns>
    Task<Result<Done>> SendAsync(NotificationSubscription subscription, WebhookStamp stamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
