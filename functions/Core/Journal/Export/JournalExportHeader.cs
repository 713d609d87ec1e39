namespace SshFunctions.Core.Journal.Export;

/// <summary>First line of an export.</summary>
internal sealed record JournalExportHeader(string Format, int Version, DateTimeOffset Exported, string Scope);
