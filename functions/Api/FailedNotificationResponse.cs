namespace SshFunctions.Api;

/// <summary>A notification that was given up.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Subscription">Whose it is.</param>
/// <param name="Serial">Of the journal entry that it is about.</param>
/// <param name="Event">That entry's kind.</param>
/// <param name="Reason">What the last try failed of.</param>
/// <param name="GivenUp">When nobody tried any more, UTC.</param>
public sealed record FailedNotificationResponse(string Id, string Subscription, ulong Serial, string Event, string Reason, DateTimeOffset GivenUp);
