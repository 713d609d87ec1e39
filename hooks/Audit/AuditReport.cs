namespace SshFunctions.Hooks.Audit;

/// <summary>What a reading of an export found.</summary>
internal sealed class AuditReport
{
    /// <summary>The first fault; null when there is none.</summary>
    internal AuditFault? Fault { get; set; }

    /// <summary><c>whole</c>, <c>segment</c> or <c>part</c>, as the export says.</summary>
    internal string Scope { get; set; } = "part";

    internal long Entries { get; set; }

    internal long Segments { get; set; }

    internal long Checkpoints { get; set; }

    /// <summary>Entries behind the last head that a checkpoint sealed.</summary>
    internal long Unsealed { get; set; }

    /// <summary>Serial of the first of them; null for none.</summary>
    internal ulong? FirstUnsealed { get; set; }

    /// <summary>Every segment up to this one was removed by retention, as a sealed entry says; 0 for none.</summary>
    internal long RemovedThrough { get; set; }

    /// <summary>Whether the file begins as an export does, or holds an entry.</summary>
    internal bool IsExport { get; set; }

    /// <summary>Where the broker went on from a backup, in order, as sealed entries say.</summary>
    internal List<RecordedRestore> Restores { get; } = [];

    /// <summary>The last checkpoint; null for none.</summary>
    internal CheckpointLine? Last { get; set; }

    /// <summary>The checkpoint that somebody kept, which the export reaches; null when none was given.</summary>
    internal CheckpointLine? Kept { get; set; }

    /// <summary>What could not be checked, in sentences.</summary>
    internal List<string> Unchecked { get; } = [];
}
