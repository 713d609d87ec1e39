namespace SshFunctions.Hooks.Audit;

/// <summary>What an export's entries say of restored backups: nothing else explains what is left out, and only where a checkpoint sealed the entry.</summary>
internal sealed class Restores(CheckpointChain checkpoints)
{
    private readonly List<RecordedRestore> _pending = [];
    private readonly List<RecordedRestore> _sealed = [];
    private readonly List<RecordedRestore> _unproved = [];

    /// <summary>Those that a checkpoint covers, in the order of the export.</summary>
    internal IReadOnlyList<RecordedRestore> Sealed => _sealed;

    /// <summary>Those that no checkpoint covers yet: anybody could have written them.</summary>
    internal IReadOnlyList<RecordedRestore> Unproved => _unproved;

    internal void Add(RecordedRestore restore) => _pending.Add(restore);

    /// <summary>Tells apart those of the segment that ended, of which entries up to <paramref name="sealedIndex"/> are sealed.</summary>
    internal void EndSegment(int sealedIndex)
    {
        foreach (RecordedRestore restore in _pending)
            (restore.Index <= sealedIndex ? _sealed : _unproved).Add(restore);
        _pending.Clear();
    }

    /// <summary>Demands that an entry of the first segment behind each jump records it, unless retention removed that segment.</summary>
    internal void RequireJumps(long removedThrough)
    {
        foreach (SegmentJump jump in checkpoints.Jumps.Where(jump => jump.First > removedThrough))
        {
            if (_sealed.Concat(_unproved).Any(restore => restore.Segment == jump.First && restore.First == jump.First && restore.Last == jump.Last))
                continue;
            throw AuditFaultException.At(
                "missing", jump.Last + 1, 1, $"segments {jump.Last + 1} to {jump.First - 1} are missing: checkpoint {jump.Checkpoint} goes on with segment {jump.First}, and no entry records that a backup was restored");
        }
    }

    /// <summary>Whether a restore is news to who kept a checkpoint: it was sealed after that one.</summary>
    internal bool IsNews(RecordedRestore restore, CheckpointLine? kept) =>
        checkpoints.HeadsOf(restore.Segment).First(head => head.Last >= restore.Index).Checkpoint > (kept?.Number ?? 0);

    /// <summary>What explains that a checkpoint of a time is lost; null for nothing.</summary>
    internal RecordedRestore? Around(DateTimeOffset sealedAt) => _sealed.Find(restore => restore.Backup <= sealedAt && sealedAt <= restore.Time);
}
