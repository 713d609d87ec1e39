using SshFunctions.Core;
using SshFunctions.Core.Notifications;

namespace SshFunctions.App.Queue;

/// <summary>Posts a notification, or looks for what there is to notify of.</summary>
internal sealed class DeliverNotification : IQueueFunction
{
    public QueueFunctionDeclaration Declaration { get; } = new(
        nameof(DeliverNotification),
        "Posts a notification to whoever subscribed.",
        NotificationCenter.Queue);

    public async Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!(await services.GetRequiredService<NotificationCenter>().TakeAsync(message, cancellationToken)).Try(out _, out Refusal? refusal))
            throw new NotDeliveredException(refusal.Detail);
    }

    public Task PutAsideAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        services.GetRequiredService<NotificationCenter>().GiveUpAsync(message, cancellationToken);
}
