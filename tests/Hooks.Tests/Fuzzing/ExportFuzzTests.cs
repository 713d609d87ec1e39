using System.Text;
using System.Text.Json;
using SshFunctions.Hooks.Audit;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Proofs;

namespace SshFunctions.Hooks.Tests.Fuzzing;

/// <summary>An export that somebody changed: what a checkpoint sealed is there as it was written, or the audit says what is wrong.</summary>
/// <remarks>
/// <c>export.jsonl</c> is the whole journal of a broker: three closed segments, an open one, and two entries that no checkpoint sealed yet;
/// <c>export.pub</c> is its key. They are files, for a signature is another each time, and case n has to be the same in every run.
/// </remarks>
[Trait("Proof", "fuzzing")]
public sealed class ExportFuzzTests
{
    private const int UsualExports = 200; // A megabyte of buffer each.
    private const int WholeExports = 100_000;
    private const string EntryStart = "{\"segment\":";

    private static readonly string Whole = Read("export.jsonl");
    private static readonly SshPublicKey Key = SshPublicKey.Parse(Read("export.pub"));
    private static readonly Dictionary<string, string[]> Segments = EntriesOf(Whole).GroupBy(SegmentOf).ToDictionary(one => one.Key, one => one.ToArray());
    private static readonly CheckpointLine[] Checkpoints =
        [.. Whole.Split('\n').Where(line => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal)).Select(CheckpointOf)];

    private static readonly HashSet<string> Written = [.. EntriesOf(Whole)];

    [Fact]
    public void The_export_is_genuine_as_it_was_written()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Whole));
        AuditReport report = ExportCheck.Run(stream, [Key], null);
        Assert.Null(report.Fault);
        Assert.Equal((4, 45, 2), (report.Segments, report.Entries, report.Unsealed));
        Assert.Equal(43, SealedBy(report.Last!.Number).Sum(head => head.Last));
    }

    [Fact(Timeout = 1_800_000)]
    public async Task An_export_that_was_changed_passes_only_where_nothing_was_sealed()
    {
        var texts = new TextMutator(Whole);
        await new FuzzRun("whole exports") { Usual = UsualExports, Whole = WholeExports, FixedBytes = 8 * 1024 * 1024 }.RunAsync(texts.Make, input =>
        {
            byte[] changed = input.ToArray();
            using var stream = new MemoryStream(changed);
            AuditReport report = ExportCheck.Run(stream, [Key], null);
            return report.Fault is not null ? null : FaultOf(report, [.. EntriesOf(Encoding.UTF8.GetString(changed))]);
        });
    }

    private static string? FaultOf(AuditReport report, string[] entries)
    {
        if (report.Scope != "whole") return report.Unchecked.Count > 0 ? null : "a part passed for the whole";
        int others = entries.Count(entry => !Written.Contains(entry));
        if (others > report.Unsealed) return $"{others} entries are not as they were written, and {report.Unsealed} are said to be unsealed";
        foreach (IGrouping<string, string> segment in entries.Where(Written.Contains).GroupBy(SegmentOf))
        {
            if (!segment.SequenceEqual(Segments[segment.Key].Take(segment.Count()))) return $"segment {segment.Key} has lost entries between others";
        }

        return FaultOfHeads(report, [.. entries]);
    }

    /// <summary>Whatever the checkpoints sealed, up to the last that is still in the export, has to be in it.</summary>
    private static string? FaultOfHeads(AuditReport report, HashSet<string> entries)
    {
        if (report.Unchecked.Count > 0) return null;
        foreach ((string segment, int last) in SealedBy(report.Last?.Number ?? 0))
        {
            if (Segments[segment].Take(last).Any(entry => !entries.Contains(entry))) return $"segment {segment} has lost entries that were sealed";
        }

        return null;
    }

    private static IEnumerable<(string Segment, int Last)> SealedBy(long checkpoint) => Checkpoints.Where(line => line.Number <= checkpoint)
        .SelectMany(line => line.Heads).GroupBy(head => head.Segment).Select(heads => ($"{heads.Key}", heads.Max(head => head.Last)));

    private static CheckpointLine CheckpointOf(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return CheckpointLine.Parse(document.RootElement);
    }

    private static IEnumerable<string> EntriesOf(string export) => export.Split('\n').Where(line => line.StartsWith(EntryStart, StringComparison.Ordinal));

    private static string SegmentOf(string entry) => entry[EntryStart.Length..entry.IndexOf(',', StringComparison.Ordinal)];

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fuzzing", file));
}
