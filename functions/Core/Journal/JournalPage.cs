namespace SshFunctions.Core.Journal;

/// <summary>Entries, newest first.</summary>
/// <param name="Entries">Those that fit the filter; may be none although <paramref name="Next"/> continues.</param>
/// <param name="Next">Newest entry that was not looked at; null at the journal's beginning.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, JournalPosition? Next);
