namespace SshFunctions.Core.Journal.Export;

/// <summary>A line of an export that says which segments retention removed: all up to one.</summary>
internal sealed record JournalExportRemoved(long RemovedThrough);
