namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>What a ticket system sent was refused; nothing of it is kept.</summary>
    /// <param name="Source">Which system, by its name in the configuration; null when it is none of them.</param>
    /// <param name="Reason">Why, without a word of what was sent.</param>
    /// <param name="UnrecordedCount">How many more of this source were refused since the last such entry, beyond what the journal takes.</param>
    public sealed record TicketRefused(string? Source, string Reason, int UnrecordedCount = 0) : JournalEvent;
}
