namespace SshFunctions.Core.Journal;

/// <summary>Entries, newest first.</summary>
/// <param name="Entries">Those that fit the filter; may be none although <paramref name="Next"/> continues.</param>
/// <param name="Next">Where to go on; null when nothing is left.</param>
public sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, JournalCursor? Next);
