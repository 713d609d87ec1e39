using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>Posts notifications to where the configuration says.</summary>
internal sealed class NotificationPost(BrokerProfile profile, OutboundHttp http) : INotificationSender
{
    public async Task<Result<Done>> SendAsync(
        NotificationSubscription subscription, WebhookStamp stamp, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        SubscriptionProfile to = profile.Outbound.Subscriptions.First(each => each.Subscription.Name == subscription.Name);
        Result<byte[]> answer = await http.PostAsync(to.Address, body, SignedHeaders.Of(stamp, body, to.Secrets), cancellationToken);
        return answer.Try(out _, out Refusal? refusal) ? Done.Instance : refusal;
    }
}
