namespace SshFunctions.Core.Journal.Export;

/// <summary>What to export.</summary>
/// <param name="Filter">Which entries.</param>
/// <param name="Segment">One segment; null for all.</param>
/// <param name="After">The last entry that the reader has from an export of the same; null for none.</param>
public sealed record JournalExportOrder(JournalFilter Filter, long? Segment = null, JournalPosition? After = null)
{
    /// <summary><c>whole</c>: every entry and checkpoint; <c>segment</c>: one segment and its checkpoints; <c>part</c>: what fits, no checkpoints.</summary>
    public string Scope => !Filter.TakesAll ? "part" : Segment is null ? "whole" : "segment";
}
