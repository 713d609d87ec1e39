namespace SshFunctions.App.Hosting.Outbound;

/// <summary>The file of <c>--outbound</c> as it is written.</summary>
/// <param name="Forwarders">Where the journal goes.</param>
/// <param name="Subscriptions">Who is notified.</param>
internal sealed record OutboundDocument(
    IReadOnlyList<ForwarderDocument>? Forwarders = null, IReadOnlyList<SubscriptionDocument>? Subscriptions = null);
