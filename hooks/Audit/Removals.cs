namespace SshFunctions.Hooks.Audit;

/// <summary>What an export's entries say of segments that retention removed: it counts only where a checkpoint sealed the entry.</summary>
internal sealed class Removals(CheckpointChain checkpoints)
{
    private readonly List<RecordedRemoval> _pending = [];
    private long _unsealed;

    /// <summary>Every segment up to this one was removed, as a sealed entry says; 0 for none.</summary>
    internal long Through { get; private set; }

    internal void Add(RecordedRemoval removal) => _pending.Add(removal);

    /// <summary>Weighs those of the segment that ended, of which entries up to <paramref name="sealedIndex"/> are sealed.</summary>
    internal void EndSegment(int sealedIndex)
    {
        foreach (RecordedRemoval removal in _pending)
        {
            bool isSealed = removal.Index <= sealedIndex;
            removal.Require(checkpoints, isSealed);
            if (isSealed)
                Through = Math.Max(Through, removal.Through);
            else
                _unsealed = Math.Max(_unsealed, removal.Through);
        }

        _pending.Clear();
    }

    /// <summary>Demands every sealed segment that was not seen, unless its removal is recorded.</summary>
    /// <returns>What is excused only by an entry that no checkpoint covers; null for nothing.</returns>
    internal string? RequireSegments(HashSet<long> seen)
    {
        long doubtful = 0;
        foreach (long segment in checkpoints.Segments)
        {
            if (seen.Contains(segment) || segment <= Through || checkpoints.HeadsOf(segment)[^1] is not { Last: > 0 } head)
                continue;
            if (segment > _unsealed)
                throw AuditFaultException.At("missing", segment, 1, $"segment {segment} is missing, which checkpoint {head.Checkpoint} sealed, and no entry records its removal");
            doubtful = segment;
        }

        return doubtful == 0
            ? null
            : $"whether segments {Through + 1} to {doubtful}, which are missing, were removed by retention: the entry that says so is covered by no checkpoint yet, so anybody could have written it";
    }
}
