using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Resources;

/// <summary>The last change of an SSH switch.</summary>
/// <param name="By">Who changed it.</param>
/// <param name="At">UTC, the time of the journal entry that recorded it.</param>
/// <param name="Reason">Why, in the words of who did it; null for none.</param>
public sealed record SwitchChange(Subject By, DateTimeOffset At, string? Reason)
{
    /// <summary>The change that an entry recorded.</summary>
    internal static SwitchChange Of(JournalEntry entry, string? reason) => new(entry.Caller.Subject, entry.Time, reason);
}
