using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Restoring;
using SshFunctions.Hooks.Audit;
using SshFunctions.Support.Store;

namespace SshFunctions.Hooks.Tests.Audit;

/// <summary>A journal that goes on from a backup is genuine, and says so; numbers that are left out are excused by nothing else.</summary>
public sealed class RestoredExportTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task A_journal_that_goes_on_from_a_backup_is_genuine_and_shows_the_gap()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        (List<string> lines, RestoredStore restored) = await RestoreWholeAsync(sample);
        AuditReport report = sample.Check(lines);
        Assert.Null(report.Fault);
        RecordedRestore told = Assert.Single(report.Restores);
        Assert.Equal((restored.LastSegment, restored.FirstSegment), (told.Last, told.First));
    }

    [Fact(Timeout = Patience)]
    public async Task A_hole_is_listed_until_a_checkpoint_from_after_it_is_kept()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        CheckpointLine before = sample.Check(await sample.ExportAsync()).Last!;
        (List<string> lines, RestoredStore _) = await RestoreWholeAsync(sample);
        Assert.StartsWith("what the broker did between a backup and its restore", Assert.Single(sample.Check(lines).Unchecked), StringComparison.Ordinal);
        Assert.Single(sample.Check(lines, kept: before).Unchecked);
        AuditReport known = sample.Check(lines, kept: sample.Check(lines).Last);
        Assert.Empty(known.Unchecked);
        Assert.Single(known.Restores);
    }

    [Fact(Timeout = Patience)]
    public async Task A_gap_that_no_entry_records_is_a_fault()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        // Whoever owns the database leaves numbers out, and seals that as if a backup had been restored.
        StoredDocument next = (await sample.Store.GetAsync(new DocumentKey("segments", "next"), default))!;
        Assert.IsType<CommitResult.Committed>(await sample.Store.CommitAsync(
            "segments",
            [
                new DocumentChange.Replace("next", "{\"next\":1000}"u8.ToArray(), next.Version),
                new DocumentChange.Insert("gaps", "{\"gaps\":[{\"last\":4,\"first\":1000}]}"u8.ToArray()),
            ],
            default));
        await using (JournalWriter writer = sample.WriterOf("forger")) await sample.AppendAsync(writer, 3);
        AuditReport report = sample.Check(await sample.ExportAsync());
        Assert.Equal(("missing", 5), (report.Fault!.Kind, report.Fault.Segment!.Value));
        Assert.Contains("no entry records that a backup was restored", report.Fault.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task The_segment_that_tells_of_a_restore_can_not_be_taken_away()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        (List<string> lines, RestoredStore restored) = await RestoreWholeAsync(sample);
        lines.RemoveAll(line => line.StartsWith($"{{\"segment\":{restored.FirstSegment},", StringComparison.Ordinal));
        Assert.Equal(("missing", restored.FirstSegment), (sample.Check(lines).Fault!.Kind, sample.Check(lines).Fault!.Segment!.Value));
    }

    [Fact(Timeout = Patience)]
    public async Task A_checkpoint_that_was_sealed_after_the_backup_is_told_to_be_lost_and_why()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        InMemoryStore backup = sample.Store.Copy();
        DateTimeOffset made = sample.Clock.GetUtcNow();
        sample.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (JournalWriter lost = sample.WriterOf("lost")) await sample.AppendAsync(lost, 3);
        Checkpoint kept = (await new CheckpointReader(sample.Store).FindLastAsync(default))!;
        (List<string> lines, _) = await RestoreAsync(sample, backup, made);
        AuditReport report = sample.Check(lines, kept: CheckpointLine.Parse(kept.Text, kept.Signature));
        Assert.Contains(report.Fault!.Kind, (string[])["fork", "truncated"]);
        RecordedRestore restore = Assert.Single(report.Restores);
        Assert.Contains($"Serial {restore.Serial}, which is sealed, records why: {restore.Text}", report.Fault.Text, StringComparison.Ordinal);
        Assert.Contains("keep your checkpoint with the export of that time", report.Fault.Hint, StringComparison.Ordinal);
    }

    internal static async Task<(List<string> Lines, long First)> RestoreAsync(JournalSample sample)
    {
        (List<string> lines, RestoredStore restored) = await RestoreWholeAsync(sample);
        return (lines, restored.FirstSegment);
    }

    private static Task<(List<string> Lines, RestoredStore Restored)> RestoreWholeAsync(JournalSample sample) =>
        RestoreAsync(sample, sample.Store.Copy(), sample.Clock.GetUtcNow());

    private static async Task<(List<string> Lines, RestoredStore Restored)> RestoreAsync(JournalSample sample, InMemoryStore backup, DateTimeOffset made)
    {
        sample.Clock.Advance(TimeSpan.FromMinutes(1));
        var restored = (await new StoreRestorer(backup, sample.Clock, "1.0").RestoreAsync(made, default)).Value!;
        await using (var next = new JournalWriter(backup, sample.Clock, "next", "1.0"))
            await next.AppendAsync(Core.Callers.Caller.System, new JournalEvent.PrivateKeyReceived("SHA256:next"), default);
        await new JournalSealer(backup, sample.Signer, sample.Clock).SealAsync(default);
        return (await sample.ExportAsync(store: backup), restored);
    }
}
