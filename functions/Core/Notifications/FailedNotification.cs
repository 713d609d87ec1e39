namespace SshFunctions.Core.Notifications;

/// <summary>A notification whose delivery failed.</summary>
/// <param name="Subscription">Whose.</param>
/// <param name="Serial">Of the entry that it is about.</param>
/// <param name="Kind">That entry's kind.</param>
/// <param name="FailureCount">How often it failed.</param>
/// <param name="Reason">What the last try failed of.</param>
/// <param name="LastTried">When that was, UTC.</param>
/// <param name="GivenUp">Since when nobody tries any more, UTC; null while the queue does.</param>
public sealed record FailedNotification(
    string Subscription, ulong Serial, string Kind, int FailureCount, string Reason, DateTimeOffset LastTried, DateTimeOffset? GivenUp = null)
{
    /// <summary>What names it.</summary>
    public string Id => IdOf(Subscription, Serial);

    /// <summary>When somebody asked for it to be tried again, UTC; null once that has begun, or nobody did.</summary>
    public DateTimeOffset? Retried { get; init; }

    /// <summary>Whether nothing tries it any more.</summary>
    internal bool IsGivenUp => GivenUp is not null && Retried is null;

    internal static string IdOf(string subscription, ulong serial) => FormattableString.Invariant($"{subscription}-{serial:D20}");
}
