using System.Collections.Immutable;

namespace SshFunctions.App.Queue;

/// <summary>Every queue function of the broker. A test finds one that is missing here.</summary>
internal static class QueueFunctions
{
    public static ImmutableArray<IQueueFunction> All { get; } = [new PublishRevocations(), new ProvisionAccess(), new DeliverNotification()];
}
