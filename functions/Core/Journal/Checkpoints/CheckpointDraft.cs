using System.Collections.Immutable;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>The tree of the next checkpoint while its segments are read, in order.</summary>
internal sealed class CheckpointDraft
{
    private readonly MerklePeaks _frozen;
    private readonly Dictionary<long, SegmentHead> _before;
    private readonly List<SegmentHead> _tail = [];
    private readonly List<SegmentHead> _moved = [];

    /// <param name="frozen">The leaves that never change again.</param>
    /// <param name="before">The others, as the last checkpoint had them.</param>
    public CheckpointDraft(MerklePeaks frozen, ImmutableArray<SegmentHead> before)
    {
        _frozen = frozen;
        _before = before.ToDictionary(head => head.Segment);
    }

    public long Frozen => _frozen.Count;

    public string FrozenRoot => Convert.ToHexStringLower(_frozen.Root);

    public long Size => Frozen + _tail.Count;

    public int TailCount => _tail.Count;

    public ImmutableArray<SegmentHead> Tail => [.. _tail];

    /// <summary>The heads that are new or moved; none when there is nothing to seal.</summary>
    public ImmutableArray<SegmentHead> Heads => [.. _moved];

    public ImmutableArray<string> Peaks => [.. _frozen.Peaks.Select(Convert.ToHexStringLower)];

    /// <summary>The subtrees that were completed.</summary>
    public List<(string Row, string Hash)> Nodes { get; } = [];

    public string Root
    {
        get
        {
            MerklePeaks whole = _frozen.Copy();
            foreach (SegmentHead head in _tail) whole.Add(head.ToLeaf());
            return Convert.ToHexStringLower(whole.Root);
        }
    }

    public SegmentHead? FindBefore(long segment) => _before.GetValueOrDefault(segment);

    public void Add(SegmentHead head, bool closed)
    {
        if (head != FindBefore(head.Segment)) _moved.Add(head);
        if (!closed || _tail.Count > 0) _tail.Add(head);
        else _frozen.Add(head.ToLeaf(), Complete);
    }

    private void Complete(int height, byte[] hash)
    {
        // Called before the leaf counts, which is the last one of the subtree.
        if (height % CheckpointRows.HeightStep == 0)
            Nodes.Add((CheckpointRows.NodeRowOf(height, _frozen.Count >> height), Convert.ToHexStringLower(hash)));
    }
}
