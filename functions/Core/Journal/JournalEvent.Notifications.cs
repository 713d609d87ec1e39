namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A notification could not be delivered and is tried no more; it can be sent again by hand.</summary>
    /// <param name="Subscription">Whose.</param>
    /// <param name="Entry">Serial of the entry it is about.</param>
    /// <param name="EntryKind">That entry's kind.</param>
    /// <param name="Reason">What the last try failed of.</param>
    public sealed record NotificationGivenUp(string Subscription, ulong Entry, string EntryKind, string Reason) : JournalEvent;
}
