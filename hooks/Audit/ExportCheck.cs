using System.Text.Json;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Audit;

/// <summary>Reads an export once, from its first line to its last, and finds the first thing that is wrong.</summary>
internal sealed class ExportCheck
{
    private readonly AuditReport _report = new();
    private readonly CheckpointChain _checkpoints;
    private readonly HashSet<long> _seen = [];
    private readonly Removals _removals;
    private readonly Restores _restores;
    private SegmentCheck? _segment;
    private ulong _lastSerial;
    private long _tail;
    private bool _begun;
    private bool _ended;

    private ExportCheck(IReadOnlyCollection<SshPublicKey> keys)
    {
        _checkpoints = new CheckpointChain(keys);
        _removals = new Removals(_checkpoints);
        _restores = new Restores(_checkpoints);
    }

    private bool Whole => _report.Scope == "whole";

    /// <summary>Checks an export.</summary>
    /// <param name="stream">The export.</param>
    /// <param name="keys">The journal's public keys.</param>
    /// <param name="kept">A checkpoint that somebody kept elsewhere; null for none.</param>
    internal static AuditReport Run(Stream stream, IReadOnlyCollection<SshPublicKey> keys, CheckpointLine? kept)
    {
        ExportCheck check = new(keys);
        try
        {
            check.Read(new ExportLines(stream));
            check.Finish(kept);
        }
        catch (AuditFaultException fault)
        {
            check._report.Fault = fault.Fault;
        }

        check._report.IsExport = check._begun || check._report.Entries > 0;
        check._report.Checkpoints = check._checkpoints.Count;
        check._report.Last = check._checkpoints.Last;
        return check._report;
    }

    private void Read(ExportLines lines)
    {
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (lines.IsCut)
                throw Cut();
            if (_ended)
                throw AuditFaultException.Of("format", $"line {lines.Count} stands behind the end of the export");
            ReadLine(line, lines.Count);
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            if (line.StartsWith("{\"segment\":"u8))
                ReadEntry(line, number);
            else
                ReadOther(line, number);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw UnreadableAt(number); // Half a surrogate pair is found only when somebody looks at its text, and is no JsonException then.
        }
    }

    private void ReadEntry(ReadOnlySpan<byte> line, long number)
    {
        if (!EntryLine.TryRead(line, out EntryLine entry))
            throw UnreadableAt(number);
        if (_segment is null || _segment.Segment != entry.Segment)
            Enter(entry.Segment, entry.Index);
        _segment!.Add(entry, line);
        _report.Entries++;
        _lastSerial = ((ulong)entry.Segment << 16) | (uint)entry.Index;
        if (Whole && RecordedRemoval.Find(entry, line) is { } removal)
            _removals.Add(removal);
        if (RecordedRestore.Find(entry, line) is { } restore)
            _restores.Add(restore);
    }

    private AuditFaultException UnreadableAt(long line) => _segment is { } segment
        ? AuditFaultException.At("changed", segment.Segment, segment.Last + 1, $"line {line}, behind entry {segment.Last} of segment {segment.Segment}, is no entry")
        : AuditFaultException.Of("format", $"line {line} is no entry");

    private void Enter(long segment, int index)
    {
        if (_segment is { } before && segment < before.Segment)
        {
            bool again = _seen.Contains(segment);
            throw AuditFaultException.At(
                "fork", segment, index, $"an entry of segment {segment} stands behind segment {before.Segment}: {(again ? "the segment is there twice" : "it was moved or inserted")}");
        }

        Leave();
        _seen.Add(segment);
        if (Whole && _checkpoints.Count > 0)
            RequirePlace(segment, index);
        _segment = new SegmentCheck(segment, _checkpoints.HeadsOf(segment), gaps: _report.Scope == "part", _checkpoints.ClosedAt(segment));
        _report.Segments++;
    }

    /// <summary>Demands that a segment is one of those that were sealed, or newer than all of them.</summary>
    private void RequirePlace(long segment, int index)
    {
        if (segment <= _checkpoints.Newest)
        {
            if (_checkpoints.CountThrough(segment) is null)
                throw AuditFaultException.At("fork", segment, index, $"segment {segment} is none of those that were sealed, though checkpoints cover all up to segment {_checkpoints.Newest}: it was inserted");
            return;
        }

        long before = Math.Max(_tail, _checkpoints.Newest);
        if (segment > before + 1)
            _report.Unchecked.Add($"why segment {segment} follows segment {before}: no checkpoint covers it yet, so anybody could have written it, or taken away what was between");
        _tail = segment;
    }

    private void Leave()
    {
        if (_segment is null)
            return;
        _segment.End(_report.Scope != "part");
        if (_segment.GapCount > 0 && !_report.Unchecked.Contains(GapsText))
            _report.Unchecked.Add(GapsText);
        int sealedIndex = _segment.Last - _segment.Unsealed;
        if (_segment.Unsealed > 0)
            _report.FirstUnsealed ??= ((ulong)_segment.Segment << 16) | (uint)(sealedIndex + 1);
        _report.Unsealed += _segment.Unsealed;
        _removals.EndSegment(sealedIndex);
        _restores.EndSegment(sealedIndex);
    }

    private const string GapsText = "entries that the filter left out: only those that stand side by side were checked against each other";

    private void ReadOther(ReadOnlySpan<byte> line, long number)
    {
        Utf8JsonReader reader = new(line);
        JsonElement other = JsonElement.ParseValue(ref reader);
        if (other.ValueKind != JsonValueKind.Object)
            throw UnreadableAt(number);
        if (other.TryGetProperty("format", out JsonElement format))
            Begin(other, format, number);
        else if (other.TryGetProperty("checkpoint", out _))
            AddCheckpoint(other, number);
        else if (other.TryGetProperty("removedThrough", out JsonElement removed) && IsNumber(removed) && removed.TryGetInt64(out _))
            return; // Anybody could write it: what counts is the entry that records the removal.
        else if (other.TryGetProperty("end", out JsonElement end) && IsNumber(end) && end.TryGetUInt64(out ulong serial))
            RequireEnd(serial);
        else
            throw UnreadableAt(number);
    }

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    private void Begin(JsonElement line, JsonElement format, long number)
    {
        if (number != 1 || format.ValueKind != JsonValueKind.String || !format.ValueEquals("sshfn-journal"u8) || !line.TryGetProperty("version", out JsonElement version) || version.GetRawText() != "1")
            throw AuditFaultException.Of("format", "the file is no export of a version that this sshfn knows");
        _report.Scope = line.TryGetProperty("scope", out JsonElement scope) && scope.ValueKind == JsonValueKind.String && scope.GetString() is "whole" or "segment" ? scope.GetString()! : "part";
        _begun = true;
    }

    private void AddCheckpoint(JsonElement line, long number)
    {
        if (_segment is not null)
            throw AuditFaultException.Of("format", $"line {number} is a checkpoint between entries");
        _checkpoints.Add(CheckpointLine.Parse(line), chained: Whole);
    }

    private void RequireEnd(ulong serial)
    {
        if (serial != _lastSerial)
        {
            throw AuditFaultException.At(
                "truncated", (long)(_lastSerial >> 16), (int)(_lastSerial & 0xFFFF) + 1, $"the export says that it ends with serial {serial}, and its last entry is {_lastSerial}: entries behind it are missing");
        }

        _ended = true;
    }

    private void Finish(CheckpointLine? kept)
    {
        if (!_begun && _report.Entries > 0)
            _report.Unchecked.Add("the first line of an export is missing, so it counts as a part");
        Leave();
        if (!_ended)
            throw Cut();
        _checkpoints.RequireSignatures();
        if (Whole && _removals.RequireSegments(_seen) is { } doubt)
            _report.Unchecked.Add(doubt);
        _report.RemovedThrough = _removals.Through;
        if (Whole)
            _restores.RequireJumps(_removals.Through);
        _report.Restores.AddRange(_restores.Sealed);
        Compare(kept);
        NoteRestores();
        Note();
    }

    private void Compare(CheckpointLine? kept)
    {
        if (kept is null)
            return;
        if (Whole || _checkpoints.Find(kept.Number) is not null)
        {
            _checkpoints.RequireKnown(kept, _restores);
            _report.Kept = kept;
        }
        else if (_report.Scope == "part")
        {
            _report.Unchecked.Add($"checkpoint {kept.Number}, which you kept: this export is filtered and holds no checkpoints, so none can be compared with it; export without filters for that");
        }
        else
        {
            _report.Unchecked.Add($"checkpoint {kept.Number}, which you kept: this export holds one segment and only the checkpoints over it; export without --segment for that");
        }
    }

    private void NoteRestores()
    {
        if (_restores.Sealed.Any(restore => _restores.IsNews(restore, _report.Kept)))
            _report.Unchecked.Add("what the broker did between a backup and its restore, of which no checkpoint that you gave knows: look into it, then keep a newer one (sshfn audit checkpoints --last --json)");
        foreach (RecordedRestore restore in _restores.Unproved)
            _report.Unchecked.Add($"whether {restore.Text}: serial {restore.Serial}, which says so, is covered by no checkpoint yet, so anybody could have written it");
    }

    private AuditFaultException Cut() => _segment is { } segment
        ? AuditFaultException.At("truncated", segment.Segment, segment.Last + 1, $"the file is cut off behind entry {segment.Last} of segment {segment.Segment}")
        : AuditFaultException.Of("truncated", "the file is cut off before its first entry");

    private void Note()
    {
        if (_checkpoints.Count == 0)
            _report.Unchecked.Add("no checkpoint is in the export: nothing shows who wrote it, nor that its end is the journal's");
        else if (!Whole)
            _report.Unchecked.Add("the chain of checkpoints: the export holds one segment and the checkpoints over it");
        if (_report.Scope == "part")
            _report.Unchecked.Add("whether entries that fit the filter are missing");
    }
}
