using System.Collections.Immutable;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>What goes out of the broker by itself.</summary>
internal sealed record OutboundProfile(ImmutableArray<ForwarderProfile> Forwarders, ImmutableArray<SubscriptionProfile> Subscriptions)
{
    public static OutboundProfile None { get; } = new([], []);
}
