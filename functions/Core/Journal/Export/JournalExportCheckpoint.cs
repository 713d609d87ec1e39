namespace SshFunctions.Core.Journal.Export;

/// <summary>A line of an export that is a checkpoint: the statement's text, and its signature.</summary>
internal sealed record JournalExportCheckpoint(string Checkpoint, string Signature);
