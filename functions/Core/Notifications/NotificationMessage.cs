namespace SshFunctions.Core.Notifications;

/// <summary>What lies on the queue: which entry somebody is to be told of, or that the journal has something to look at.</summary>
/// <param name="Subscription">Whom; null where the journal is to be looked at.</param>
/// <param name="Serial">Of the entry.</param>
internal sealed record NotificationMessage(string? Subscription = null, ulong Serial = 0);
