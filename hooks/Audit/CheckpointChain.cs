using System.Collections.Concurrent;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Audit;

/// <summary>Checks checkpoints in their order, and keeps every head that they sealed.</summary>
internal sealed class CheckpointChain(IReadOnlyCollection<SshPublicKey> keys)
{
    // Instances go by a switch within seconds, and their clocks differ a little.
    private static readonly TimeSpan Switch = TimeSpan.FromMinutes(1);
    private static readonly string NoPrevious = new('0', 64);

    private readonly MerkleRoots _tree = new();
    private readonly Dictionary<long, List<SealedHead>> _heads = [];
    private readonly List<CheckpointLine> _unsigned = [];
    private readonly Dictionary<long, int> _leaves = [];
    private readonly List<SegmentJump> _jumps = [];
    private long _newest;
    private long _frozen;

    internal CheckpointLine? Last { get; private set; }

    /// <summary>The newest segment that was sealed; 0 for none.</summary>
    internal long Newest => _newest;

    internal long Count { get; private set; }

    /// <summary>Every head of a segment that was sealed, in order.</summary>
    internal IReadOnlyList<SealedHead> HeadsOf(long segment) => _heads.TryGetValue(segment, out List<SealedHead>? heads) ? heads : [];

    /// <summary>The segments of which heads were sealed.</summary>
    internal IEnumerable<long> Segments => _heads.Keys.Order();

    /// <summary>Where segment numbers go on without those between: only the restore of a backup may do that.</summary>
    internal IReadOnlyList<SegmentJump> Jumps => _jumps;

    /// <summary>How many of the sealed segments a number is the last of; null when it is none of them.</summary>
    internal long? CountThrough(long segment) => _leaves.TryGetValue(segment, out int leaf) ? leaf + 1 : null;

    /// <summary>The entry behind which a segment was sealed as closed, so that nothing may follow it; 0 for one that was closed empty, null while it may go on.</summary>
    /// <remarks>Where only some checkpoints are known the leaf is not: numbers may leave out some, so it is at most the number less one.</remarks>
    internal int? ClosedAt(long segment)
    {
        long leaf = _leaves.TryGetValue(segment, out int known) ? known : segment - 1;
        return leaf < _frozen && HeadsOf(segment) is [.., var last] ? last.Last : null;
    }

    /// <summary>The checkpoint of a number; null when there is none.</summary>
    internal CheckpointLine? Find(long number) => _unsigned.Find(line => line.Number == number);

    /// <summary>Takes the next one; <paramref name="chained"/> is false where the export holds only some.</summary>
    internal void Add(CheckpointLine line, bool chained)
    {
        if (chained)
            RequireChain(line);
        foreach (SealedHead head in line.Heads)
            Take(head, chained);
        if (chained)
            RequireRoots(line);
        _unsigned.Add(line);
        _frozen = Math.Max(_frozen, line.Frozen);
        Last = line;
        Count++;
    }

    /// <summary>Checks the signatures of all that were taken, on every core; and that no older key signs behind a newer one.</summary>
    internal void RequireSignatures()
    {
        ConcurrentBag<(long Number, AuditFault Fault)> faults = [];
        SshPublicKey?[] signers = new SshPublicKey?[_unsigned.Count];
        Parallel.For(0, _unsigned.Count, at =>
        {
            if (_unsigned[at].FaultOfSignature(keys, out signers[at]) is { } fault)
                faults.Add((_unsigned[at].Number, fault));
        });
        if (!faults.IsEmpty)
            throw new AuditFaultException(faults.MinBy(fault => fault.Number).Fault);
        RequireKeyOrder(signers!);
    }

    /// <summary>A key that was replaced may be in other hands: it signs nothing any more.</summary>
    private void RequireKeyOrder(SshPublicKey[] signers)
    {
        Dictionary<SshPublicKey, int> first = [];
        int newest = 0;
        for (int at = 0; at < signers.Length; at++)
        {
            if (first.TryAdd(signers[at], at))
                newest = at;
            else if (!signers[at].Equals(signers[newest]) && !IsSwitch(signers, at, newest))
                throw AuditFaultException.Of("key", $"checkpoint {_unsigned[at].Number} is signed by {signers[at].Fingerprint}, which {signers[newest].Fingerprint} had replaced from checkpoint {_unsigned[newest].Number} on");
        }
    }

    /// <summary>While a key is switched another instance may sign with the old one for some seconds: what the new one then signed on top of counts.</summary>
    private bool IsSwitch(SshPublicKey[] signers, int at, int newest) =>
        (_unsigned[at].Time - _unsigned[newest].Time).Duration() <= Switch && Array.IndexOf(signers, signers[newest], at) > 0;

    /// <summary>Demands that a checkpoint which somebody kept is one of the chain.</summary>
    /// <param name="kept">It.</param>
    /// <param name="restores">What the export says of restored backups.</param>
    internal void RequireKnown(CheckpointLine kept, Restores restores)
    {
        if (kept.FaultOfSignature(keys) is { } fault)
            throw new AuditFaultException(fault);
        if (Find(kept.Number) is not { } same)
            throw Lost("truncated", $"the export ends at checkpoint {Last?.Number ?? 0}, and you hold checkpoint {kept.Number}: what was sealed since is missing", kept, restores);
        if (same.Hash != kept.Hash)
            throw Lost("fork", $"checkpoint {kept.Number} is another one than you hold: the journal was forked before it", kept, restores);
    }

    /// <summary>A fault also where a restored backup explains it: who made the backup may have wanted what came after it forgotten.</summary>
    private static AuditFaultException Lost(string kind, string text, CheckpointLine kept, Restores restores) => restores.Around(kept.Time) is { } restore
        ? AuditFaultException.Of(
            kind,
            $"{text}. Serial {restore.Serial}, which is sealed, records why: {restore.Text}, so what was sealed between the two is lost",
            "keep your checkpoint with the export of that time: they prove what was lost; compare the two exports up to the backup, and keep a new checkpoint from now on (sshfn audit checkpoints --last --json)")
        : AuditFaultException.Of(
            kind,
            text,
            restores.Unproved.Count == 0 ? null : "an entry says that a backup was restored, and no checkpoint covers it yet: it explains nothing before a later export proves it");

    private void RequireChain(CheckpointLine line)
    {
        long expected = (Last?.Number ?? 0) + 1;
        if (line.Number != expected)
            throw AuditFaultException.Of("checkpoint", $"checkpoint {expected} is missing: checkpoint {line.Number} stands in its place");
        if (line.Previous != (Last?.Hash ?? NoPrevious))
            throw AuditFaultException.Of("checkpoint", $"checkpoint {line.Number} does not follow from checkpoint {expected - 1}: one of them was changed");
    }

    private void RequireRoots(CheckpointLine line)
    {
        bool holds = line.Size == _tree.Count && line.Frozen <= line.Size && line.Frozen >= (Last?.Frozen ?? 0)
            && Convert.ToHexStringLower(_tree.Root(line.Size)) == line.Root
            && Convert.ToHexStringLower(_tree.Root(line.Frozen)) == line.FrozenRoot;
        if (!holds)
            throw AuditFaultException.Of("checkpoint", $"the root of checkpoint {line.Number} is not that of the heads that were sealed");
    }

    private void Take(SealedHead head, bool chained)
    {
        if (!_heads.TryGetValue(head.Segment, out List<SealedHead>? heads))
            _heads[head.Segment] = heads = [];
        if (heads.Count > 0 && heads[^1].Last >= head.Last)
            throw AuditFaultException.At("fork", head.Segment, head.Last, $"checkpoint {head.Checkpoint} puts the end of segment {head.Segment} back to entry {head.Last}");
        heads.Add(head);
        if (!chained)
            return;
        if (LeafOf(head) is not { } leaf || leaf < (Last?.Frozen ?? 0))
            throw AuditFaultException.Of("checkpoint", $"checkpoint {head.Checkpoint} changes segment {head.Segment}, which was closed, or leaves one out before it");
        _tree.Put(leaf, MerkleRoots.Leaf(head.Segment, head.Last, head.Hash));
    }

    /// <summary>The leaf of a segment: a new one comes behind all others. Null when it can't.</summary>
    private int? LeafOf(SealedHead head)
    {
        if (_leaves.TryGetValue(head.Segment, out int known))
            return known;
        if (head.Segment <= _newest)
            return null;
        if (head.Segment != _newest + 1)
            _jumps.Add(new SegmentJump(_newest, head.Segment, head.Checkpoint));
        _newest = head.Segment;
        return _leaves[head.Segment] = (int)_tree.Count;
    }
}
