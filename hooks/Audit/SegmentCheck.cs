using System.Security.Cryptography;

namespace SshFunctions.Hooks.Audit;

/// <summary>Checks the entries of one segment as they come: their chain, and the heads that were sealed.</summary>
/// <remarks>
/// Where two entries don't fit together, the one after them tells which was changed: an entry that is confirmed by its successor, or by a
/// sealed head, is genuine, so the one before it is not.
/// </remarks>
internal sealed class SegmentCheck
{
    private readonly IReadOnlyList<SealedHead> _heads;
    private readonly bool _gaps;
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private int _nextHead;
    private int _sealed;
    private int? _suspect;
    private SealedHead? _contradicted;
    private int? _end;

    /// <param name="segment">Its number.</param>
    /// <param name="heads">What was sealed of it, in order.</param>
    /// <param name="gaps">Whether the export may leave entries out.</param>
    /// <param name="end">The last entry, where the segment was sealed as closed; null while it may go on.</param>
    internal SegmentCheck(long segment, IReadOnlyList<SealedHead> heads, bool gaps, int? end = null)
    {
        (Segment, _heads, _gaps, _end) = (segment, heads, gaps, end);
        while (_nextHead < heads.Count && heads[_nextHead].Last == 0)
            _nextHead++;
    }

    internal long Segment { get; }

    internal int Last { get; private set; }

    /// <summary>How often an entry did not stand directly behind the one before it.</summary>
    internal int GapCount { get; private set; }

    /// <summary>Entries behind the last sealed head.</summary>
    internal int Unsealed => Last - _sealed;

    internal void Add(EntryLine entry, ReadOnlySpan<byte> line)
    {
        if (entry.Index <= Last)
        {
            throw AuditFaultException.At(
                "fork", Segment, entry.Index, $"entry {entry.Index} of segment {Segment} stands behind entry {Last}: it was moved, or inserted, or the segment was forked");
        }

        bool follows = entry.Index == Last + 1;
        if (_contradicted is { } sealedHead)
            throw Contradicted(sealedHead, follows && IsHash(entry.Previous, sealedHead.Hash) ? Last : _sealed + 1);
        if (entry.Index > _end)
        {
            throw AuditFaultException.At(
                "fork", Segment, entry.Index, $"entry {entry.Index} of segment {Segment} stands behind entry {_end}, with which the segment was closed: it was inserted, or the end before it");
        }

        if (!follows && !_gaps)
            throw AuditFaultException.At("missing", Segment, Last + 1, $"entry {Last + 1} of segment {Segment} is missing: entry {entry.Index} stands in its place");
        bool fits = !follows || IsHash(entry.Previous, Last == 0 ? stackalloc byte[32] : _hash);
        if (_suspect is { } suspect)
            throw Changed(fits ? suspect : suspect + 1);
        // The first entry follows from nothing, and a sealed one is genuine.
        if (!fits && Last == _sealed)
            throw Changed(entry.Index);
        if (!fits)
            _suspect = Last;
        if (!follows)
            GapCount++;
        SHA256.HashData(line, _hash);
        Last = entry.Index;
        // Whoever writes a segment's end, its writer or the broker that closes it in its place, writes nothing behind it.
        if (EntryEvent.TryRead(line, "segment.closed"u8, out _, out _))
            _end = Last;
        CheckHead();
    }

    /// <summary>Ends the segment; <paramref name="whole"/> demands every entry that was sealed.</summary>
    internal void End(bool whole)
    {
        // Two that don't fit, and nothing behind them tells which it is: the earlier one is where trust ends.
        if (_suspect is { } suspect)
            throw Changed(suspect);
        if (_contradicted is { } sealedHead)
            throw Contradicted(sealedHead, _sealed + 1);
        if (whole && _heads.Count > 0 && _heads[^1] is { } head && head.Last > Last)
        {
            throw AuditFaultException.At(
                "truncated", Segment, Last + 1, $"segment {Segment} ends at entry {Last}, and checkpoint {head.Checkpoint} sealed it up to entry {head.Last}: what is behind is missing");
        }
    }

    private void CheckHead()
    {
        while (_nextHead < _heads.Count && _heads[_nextHead].Last < Last)
            _nextHead++;
        if (_nextHead == _heads.Count || _heads[_nextHead].Last != Last)
            return;
        SealedHead head = _heads[_nextHead];
        bool genuine = head.Hash.AsSpan().SequenceEqual(_hash);
        if (_suspect is { } suspect)
            throw Changed(genuine ? suspect : Last);
        // The next one tells whether this one alone was changed.
        if (genuine)
            _sealed = Last;
        else
            _contradicted = head;
    }

    private AuditFaultException Contradicted(SealedHead head, int from) => AuditFaultException.At(
        "changed", Segment, from,
        from == Last
            ? $"entry {Last} of segment {Segment} was changed: checkpoint {head.Checkpoint} sealed another one"
            : $"entries {from} to {Last} of segment {Segment} are not those that checkpoint {head.Checkpoint} sealed: the first that was changed, inserted or taken away is one of them");

    private AuditFaultException Changed(int index) =>
        AuditFaultException.At("changed", Segment, index, $"entry {index} of segment {Segment} was changed: the entries around it don't follow from it");

    private static bool IsHash(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> hash)
    {
        ReadOnlySpan<byte> alphabet = "0123456789abcdef"u8;
        for (int at = 0; at < hash.Length; at++)
        {
            if (digits[2 * at] != alphabet[hash[at] >> 4] || digits[(2 * at) + 1] != alphabet[hash[at] & 15])
                return false;
        }

        return true;
    }
}
