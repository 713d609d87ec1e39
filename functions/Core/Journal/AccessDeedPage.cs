namespace SshFunctions.Core.Journal;

/// <summary>Deeds, newest first.</summary>
/// <param name="Deeds">May be none although <paramref name="Next"/> continues.</param>
/// <param name="Next">Where to go on; null when nothing is left.</param>
public sealed record AccessDeedPage(IReadOnlyList<AccessDeed> Deeds, JournalCursor? Next);
