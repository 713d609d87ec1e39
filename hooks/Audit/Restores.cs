namespace SshFunctions.Hooks.Audit;

/// <summary>What an export's entries say of restored backups: nothing else excuses segment numbers that are left out.</summary>
internal sealed class Restores(CheckpointChain checkpoints)
{
    private readonly List<RecordedRestore> _all = [];

    /// <summary>In the order of the export.</summary>
    internal IReadOnlyList<RecordedRestore> All => _all;

    internal void Add(RecordedRestore restore) => _all.Add(restore);

    /// <summary>Demands that an entry of the first segment behind each jump records it, unless retention removed that segment.</summary>
    /// <returns>What is excused only by an entry that no checkpoint covers; null for nothing.</returns>
    internal string? RequireJumps(long removedThrough)
    {
        string? doubt = null;
        foreach (SegmentJump jump in checkpoints.Jumps.Where(jump => jump.First > removedThrough))
        {
            if (_all.Find(restore => restore.Segment == jump.First && restore.First == jump.First && restore.Last == jump.Last) is not { } restore)
            {
                throw AuditFaultException.At(
                    "missing", jump.Last + 1, 1, $"segments {jump.Last + 1} to {jump.First - 1} are missing: checkpoint {jump.Checkpoint} goes on with segment {jump.First}, and no entry records that a backup was restored");
            }

            if (checkpoints.HeadsOf(jump.First)[^1].Last < restore.Index)
                doubt = $"whether a backup was restored before segment {jump.First}: the entry that says so is covered by no checkpoint yet, so anybody could have written it";
        }

        return doubt;
    }

    /// <summary>What explains that a checkpoint of a time is lost; empty for nothing.</summary>
    internal string Around(DateTimeOffset sealedAt) =>
        _all.Find(restore => restore.Backup <= sealedAt && sealedAt <= restore.Time) is { } restore ? $" ({restore.Text}: what was sealed between the two is lost)" : "";
}
