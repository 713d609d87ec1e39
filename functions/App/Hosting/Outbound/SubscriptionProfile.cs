using System.Collections.Immutable;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Webhooks;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>One subscription, checked, and how its notifications are posted.</summary>
/// <param name="Subscription">Who is told of what.</param>
/// <param name="Address">Where to.</param>
/// <param name="Secrets">What they are signed with; empty for unsigned.</param>
internal sealed record SubscriptionProfile(NotificationSubscription Subscription, OutboundAddress Address, ImmutableArray<WebhookSecret> Secrets);
