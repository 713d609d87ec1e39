using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Hooks.Audit;

namespace SshFunctions.Hooks.Tests.Audit;

/// <summary>Entries that fit the chain and were never written: where a checkpoint rules them out they are named, elsewhere they prove nothing.</summary>
public sealed class ForgedExportTests
{
    private const int Patience = 60_000;
    private const string Grant = """{"kind":"grant.put","grant":{"id":"forged","path":"acme","role":"admin","holder":"subject=mallory","permissions":["pty"],"singleUse":false}}""";
    private static readonly string NoPrevious = new('0', 64);

    [Theory(Timeout = Patience)]
    [InlineData(1, 15)]
    [InlineData(2, 10)]
    [InlineData(3, 15)]
    public async Task An_entry_put_behind_the_end_of_a_closed_segment_is_named(long segment, int index)
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        Expect(sample.Check(Insert(await sample.ExportAsync(), segment, index)), "fork", segment, index);
        Expect(sample.Check(Insert(await sample.ExportAsync(segment: segment), segment, index)), "fork", segment, index);
    }

    [Fact(Timeout = Patience)]
    public async Task An_entry_put_behind_the_end_of_a_segment_that_waits_for_an_older_open_one_is_named()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await using (JournalWriter five = sample.WriterOf("five")) await sample.AppendAsync(five, 2);
        await sample.SealAsync();
        List<string> lines = await sample.ExportAsync();
        // Segment 4 is open, so no checkpoint counts segment 5 as closed yet.
        Assert.Equal((3, 5), (sample.Check(lines).Last!.Frozen, sample.Check(lines).Segments));
        Expect(sample.Check(Insert(lines, 5, 5)), "fork", 5, 5);
    }

    [Fact]
    public void An_entry_in_a_segment_that_was_closed_empty_is_named()
    {
        byte[] line = Encoding.UTF8.GetBytes(Entry(5, 1, NoPrevious, Grant));
        AuditFaultException fault = Assert.Throws<AuditFaultException>(() =>
        {
            Assert.True(EntryLine.TryRead(line, out EntryLine entry));
            new SegmentCheck(5, [new SealedHead(5, 0, new byte[32], 1)], gaps: false, end: 0).Add(entry, line);
        });
        Assert.Equal(("fork", 5L, 1), (fault.Fault.Kind, fault.Fault.Segment, fault.Fault.Index));
    }

    [Fact(Timeout = Patience)]
    public async Task A_segment_put_between_those_that_were_sealed_is_named()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        (List<string> lines, long first) = await RestoredExportTests.RestoreAsync(sample);
        lines.Insert(JournalSample.LineOf(lines, first, 1), Entry(1000, 1, NoPrevious, Grant));
        Expect(sample.Check(lines), "fork", 1000, 1);
    }

    [Fact(Timeout = Patience)]
    public async Task A_made_up_restore_is_no_fact_and_excuses_nothing()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> lines = await sample.ExportAsync();
        lines[^1] = Entry(7000, 1, NoPrevious, Restore(sample, 4, 7000));
        lines.Add($"{{\"end\":{((ulong)7000 << 16) | 1}}}");
        AuditReport report = sample.Check(lines);
        Assert.Null(report.Fault);
        Assert.Empty(report.Restores);
        Assert.Equal(2, report.Unchecked.Count);
        Assert.StartsWith("why segment 7000 follows segment 4", report.Unchecked[0], StringComparison.Ordinal);
        Assert.StartsWith("whether at ", report.Unchecked[1], StringComparison.Ordinal);
        Assert.Contains("anybody could have written it", report.Unchecked[1], StringComparison.Ordinal);

        Checkpoint later = (await sample.SealAsync())!;
        AuditFault fault = sample.Check(lines, kept: CheckpointLine.Parse(later.Text, later.Signature)).Fault!;
        Assert.Equal("truncated", fault.Kind);
        Assert.DoesNotContain("was restored", fault.Text, StringComparison.Ordinal);
        Assert.Contains("it explains nothing", fault.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_not_sealed_yet_is_counted_from_its_first_entry_on()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> lines = await sample.ExportAsync();
        AuditReport report = sample.Check(Insert(lines, 4, 9));
        Assert.Null(report.Fault);
        Assert.Equal((3, ((ulong)4 << 16) | 7), (report.Unsealed, report.FirstUnsealed!.Value));
    }

    [Fact(Timeout = Patience)]
    public async Task A_filtered_export_says_that_no_checkpoint_can_be_compared_with_it()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        CheckpointLine kept = sample.Check(await sample.ExportAsync()).Last!;
        AuditReport filtered = sample.Check(await sample.ExportAsync(new JournalFilter(Kind: "private-key.received")), kept: kept);
        Assert.Null(filtered.Fault);
        Assert.Null(filtered.Kept);
        Assert.Contains(filtered.Unchecked, text => text.Contains("this export is filtered", StringComparison.Ordinal));
        AuditReport segment = sample.Check(await sample.ExportAsync(segment: 1), kept: kept);
        Assert.Null(segment.Fault);
        Assert.Contains(segment.Unchecked, text => text.Contains("this export holds one segment", StringComparison.Ordinal));
    }

    private static string Restore(JournalSample sample, long last, long first) =>
        $$"""{"kind":"broker.restored","backup":"{{sample.Clock.GetUtcNow().AddHours(-1):O}}","lastSegment":{{last}},"firstSegment":{{first}},"revocationListVersion":9,"trustVersion":9}""";

    /// <summary>Puts an entry behind the last of a segment, chained to it, and lets the export end with what it now ends with.</summary>
    private static List<string> Insert(List<string> lines, long segment, int index)
    {
        int before = JournalSample.LineOf(lines, segment, index - 1);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[before])));
        bool isLast = before == lines.Count - 2;
        lines.Insert(before + 1, Entry(segment, index, hash, Grant));
        if (isLast)
            lines[^1] = $"{{\"end\":{((ulong)segment << 16) | (uint)index}}}";
        return lines;
    }

    private static string Entry(long segment, int index, string previous, string happened) =>
        $$$"""{"segment":{{{segment}}},"index":{{{index}}},"time":"2026-01-01T00:00:00+00:00","caller":{"kind":"system","subject":"system"},"event":{{{happened}}},"previous":"{{{previous}}}"}""";

    private static void Expect(AuditReport report, string kind, long segment, int index)
    {
        Assert.NotNull(report.Fault);
        Assert.Equal((kind, segment, index), (report.Fault.Kind, report.Fault.Segment ?? 0, report.Fault.Index ?? 0));
    }
}
