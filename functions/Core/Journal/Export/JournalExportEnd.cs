namespace SshFunctions.Core.Journal.Export;

/// <summary>Last line of an export: the serial of the entry before it; 0 when there is none.</summary>
internal sealed record JournalExportEnd(ulong End);
