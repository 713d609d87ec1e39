using System.Text;
using System.Text.Json;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Ports;
using SshFunctions.Hooks.Audit;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Hooks.Tests.Audit;

/// <summary>Every kind of tampering is found, and the first bad entry is named.</summary>
public sealed class ExportCheckTests
{
    private const int Patience = 60_000;

    [Fact(Timeout = Patience)]
    public async Task What_the_broker_writes_is_genuine()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        AuditReport report = sample.Check(await sample.ExportAsync());
        Assert.Null(report.Fault);
        Assert.Empty(report.Unchecked);
        Assert.Equal(("whole", 4, 2), (report.Scope, report.Segments, report.Unsealed));
        Assert.Equal(45, report.Entries);
        Assert.Equal(report.Checkpoints, report.Last!.Number);
    }

    [Theory(Timeout = Patience)]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 3)]
    [InlineData(3, 14)]
    [InlineData(4, 4)]
    public async Task A_changed_entry_is_named(long segment, int index)
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "changed", segment, index, lines => Change(lines, segment, index));
    }

    [Fact(Timeout = Patience)]
    public async Task An_entry_whose_link_was_changed_is_named_and_not_the_one_before_it()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "changed", 3, 6, lines =>
        {
            int at = JournalSample.LineOf(lines, 3, 6);
            lines[at] = lines[at].Replace("\"previous\":\"", "\"previous\":\"0", StringComparison.Ordinal)[..^3] + "\"}";
        });
    }

    [Theory(Timeout = Patience)]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    public async Task A_dropped_entry_is_named(long segment, int index)
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "missing", segment, index, lines => lines.RemoveAt(JournalSample.LineOf(lines, segment, index)));
    }

    [Fact(Timeout = Patience)]
    public async Task Swapped_entries_are_named_by_the_first()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "missing", 3, 4, lines =>
        {
            int at = JournalSample.LineOf(lines, 3, 4);
            (lines[at], lines[at + 1]) = (lines[at + 1], lines[at]);
        });
    }

    [Fact(Timeout = Patience)]
    public async Task An_inserted_entry_is_named()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "fork", 3, 5, lines =>
        {
            int at = JournalSample.LineOf(lines, 3, 5);
            lines.Insert(at + 1, lines[at].Replace("SHA256:", "SHA256:evil", StringComparison.Ordinal));
        });
        await ExpectAsync(sample, "fork", 1, 3, lines => lines.Insert(JournalSample.LineOf(lines, 3, 1), lines[JournalSample.LineOf(lines, 1, 3)]));
    }

    [Fact(Timeout = Patience)]
    public async Task Entries_whose_whole_chain_was_made_anew_are_named_by_the_first_that_no_checkpoint_confirms()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        // Sealed after entries 4, 7 and 10 of segment 3: what is behind 4 is not what 7 confirmed.
        AuditReport report = await ExpectAsync(sample, "changed", 3, 5, lines =>
        {
            Change(lines, 3, 6);
            JournalSample.Rechain(lines, JournalSample.LineOf(lines, 3, 6));
        });
        Assert.Contains("entries 5 to 7 of segment 3", report.Fault!.Text, StringComparison.Ordinal);
    }

    [Theory(Timeout = Patience)]
    [InlineData(3, 11)]
    [InlineData(2, 3)]
    public async Task A_segment_that_was_cut_off_is_named_by_the_first_entry_that_is_missing(long segment, int last)
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "truncated", segment, last + 1, lines =>
            lines.RemoveRange(JournalSample.LineOf(lines, segment, last + 1), JournalSample.LineOf(lines, segment + 1, 1) - JournalSample.LineOf(lines, segment, last + 1)));
    }

    [Fact(Timeout = Patience)]
    public async Task A_missing_segment_is_named_also_when_the_export_says_that_it_was_removed()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await ExpectAsync(sample, "missing", 2, 1, lines =>
        {
            lines.RemoveRange(JournalSample.LineOf(lines, 2, 1), JournalSample.LineOf(lines, 3, 1) - JournalSample.LineOf(lines, 2, 1));
            lines.Insert(JournalSample.LineOf(lines, 1, 1), "{\"removedThrough\":2}");
        });
    }

    [Fact(Timeout = Patience)]
    public async Task A_file_that_was_cut_off_is_named_by_the_entry_behind_the_cut()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> lines = await sample.ExportAsync();
        Expect(sample.Check(lines[..(JournalSample.LineOf(lines, 3, 4) + 1)]), "truncated", 3, 5);
        string text = string.Concat(lines.Select(line => line + "\n"));
        Expect(sample.Check(text[..text.IndexOf(lines[JournalSample.LineOf(lines, 3, 4)][20..], StringComparison.Ordinal)]), "truncated", 3, 4);
        Expect(sample.Check(lines[..^3].Append(lines[^1])), "truncated", 4, 7);
    }

    [Fact(Timeout = Patience)]
    public async Task A_journal_that_another_key_signed_is_named_by_the_key()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        AuditReport report = sample.Check(await sample.ExportAsync(), other.PublicKey);
        Assert.Equal("key", report.Fault!.Kind);
        Assert.Contains("checkpoint 1 is signed by " + sample.Key.Fingerprint, report.Fault.Text, StringComparison.Ordinal);

        List<string> lines = await sample.ExportAsync();
        int at = lines.FindLastIndex(line => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal));
        string statement = JsonDocument.Parse(lines[at]).RootElement.GetProperty("checkpoint").GetString()!;
        lines[at] = Line(statement, SshSig.Sign(other, Checkpoint.SignatureNamespace, Encoding.UTF8.GetBytes(statement)));
        Assert.Equal("key", sample.Check(lines).Fault!.Kind);
        lines[at] = Line(statement, SshSig.Sign(other, "krl@sshfn", Encoding.UTF8.GetBytes(statement)));
        Assert.Equal("signature", sample.Check(lines).Fault!.Kind);
    }

    [Fact(Timeout = Patience)]
    public async Task An_older_journal_key_signs_nothing_after_a_newer_one()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        using SshPrivateKey newer = SshPrivateKey.GenerateEcdsa(256);
        int before = CheckpointLines(await sample.ExportAsync()).Count;
        await using JournalWriter writer = sample.WriterOf("five");
        await AddAsync(newer);
        // An instance that did not know of the switch yet, and what the new key signed on top of that.
        sample.Clock.Advance(TimeSpan.FromSeconds(5));
        await AddAsync(null);
        Assert.Equal("key", JournalSample.Check(await sample.ExportAsync(), [sample.Key, newer.PublicKey]).Fault!.Kind);
        await AddAsync(newer);
        Assert.Null(JournalSample.Check(await sample.ExportAsync(), [sample.Key, newer.PublicKey]).Fault);

        sample.Clock.Advance(TimeSpan.FromHours(1));
        await AddAsync(null);
        await AddAsync(newer);
        AuditReport report = JournalSample.Check(await sample.ExportAsync(), [sample.Key, newer.PublicKey]);
        Assert.Equal("key", report.Fault!.Kind);
        Assert.Contains($"checkpoint {before + 4} is signed by {sample.Key.Fingerprint}", report.Fault.Text, StringComparison.Ordinal);

        async Task AddAsync(SshPrivateKey? key)
        {
            await writer.AppendAsync(Core.Callers.Caller.System, new JournalEvent.PrivateKeyReceived("SHA256:x"), default);
            await sample.SealAsync(key);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task A_changed_dropped_or_swapped_checkpoint_is_named()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> lines = await sample.ExportAsync();
        List<string> changed = [.. lines];
        changed[2] = changed[2].Replace("\\\"size\\\":", "\\\"size\\\":1", StringComparison.Ordinal);
        Assert.Equal("checkpoint", sample.Check(changed).Fault!.Kind);
        changed = [.. lines];
        changed.RemoveAt(2);
        Assert.Equal("checkpoint 2 is missing: checkpoint 3 stands in its place", sample.Check(changed).Fault!.Text);
        (lines[2], lines[3]) = (lines[3], lines[2]);
        Assert.Equal("checkpoint", sample.Check(lines).Fault!.Kind);
    }

    [Fact(Timeout = Patience)]
    public async Task A_kept_checkpoint_shows_a_journal_that_was_cut_back_or_forked()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> early = await sample.ExportAsync();
        CheckpointLine before = sample.Check(early).Last!;
        Checkpoint later = (await sample.SealAsync())!;
        CheckpointLine kept = CheckpointLine.Parse(later.Text, later.Signature);
        Assert.Equal("truncated", sample.Check(early, kept: kept).Fault!.Kind);
        Assert.Null(sample.Check(await sample.ExportAsync(), kept: kept).Fault);
        Assert.Null(sample.Check(await sample.ExportAsync(), kept: before).Fault);

        string other = later.Text.Replace("\"size\":", "\"size\": ", StringComparison.Ordinal);
        string signature = await sample.Signer.SignAsync(Checkpoint.SignatureNamespace, Encoding.UTF8.GetBytes(other), default);
        Assert.Equal("fork", sample.Check(await sample.ExportAsync(), kept: CheckpointLine.Parse(other, signature)).Fault!.Kind);
    }

    [Fact(Timeout = Patience)]
    public async Task A_store_that_was_changed_directly_is_found_out_by_its_export()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        var key = new DocumentKey("journal:000000000000003", "00009");
        StoredDocument stored = (await sample.Store.GetAsync(key, default))!;
        byte[] changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stored.Body.Span).Replace("SHA256:", "SHA256:evil", StringComparison.Ordinal));
        await sample.Store.CommitAsync(key.Partition, [new DocumentChange.Replace(key.Row, changed, stored.Version)], default);
        Expect(sample.Check(await sample.ExportAsync()), "changed", 3, 9);
    }

    [Fact(Timeout = Patience)]
    public async Task Parts_are_checked_as_far_as_they_go_and_say_what_was_not()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> segment = await sample.ExportAsync(segment: 2);
        AuditReport one = sample.Check(segment);
        Assert.Null(one.Fault);
        Assert.Equal(("segment", 9), (one.Scope, one.Entries));
        Assert.Single(one.Unchecked);
        Change(segment, 2, 9);
        Expect(sample.Check(segment), "changed", 2, 9);

        List<string> part = await sample.ExportAsync(new JournalFilter(Kind: "private-key.received"));
        AuditReport some = sample.Check(part);
        Assert.Null(some.Fault);
        Assert.Equal("part", some.Scope);
        Assert.Contains(some.Unchecked, text => text.Contains("no checkpoint", StringComparison.Ordinal));
        Change(part, 3, 5);
        Expect(sample.Check(part), "changed", 3, 5);
    }

    [Fact(Timeout = Patience)]
    public async Task Removed_segments_are_accepted_and_named_when_the_journal_recorded_their_removal()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await using JournalWriter writer = sample.WriterOf("five");
        sample.Clock.Advance(TimeSpan.FromDays(100));
        var retention = new JournalRetention(sample.Store, writer, new CheckpointReader(sample.Store), sample.Clock, TimeSpan.FromDays(90));
        Assert.Equal(3, await retention.RemoveAsync(default));
        await sample.SealAsync();
        AuditReport report = sample.Check(await sample.ExportAsync());
        Assert.Null(report.Fault);
        Assert.Equal((3, 2), (report.RemovedThrough, report.Segments));
    }

    [Fact(Timeout = Patience)]
    public async Task A_wiped_journal_is_not_genuine_by_a_removal_that_no_checkpoint_covers()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        List<string> lines = await sample.ExportAsync();
        CheckpointLine last = sample.Check(lines).Last!;
        List<string> kept = lines[..JournalSample.LineOf(lines, 1, 1)];
        string forged = Removal(5, 1, through: 4, last.Number, last.Hash);

        // Segment 4 was open under that checkpoint.
        Expect(sample.Check([.. kept, forged, $"{{\"end\":{(5 << 16) | 1}}}"]), "removal", 5, 1);
        // Even where all of it fits, it is not genuine: anybody could have written it.
        List<string> rest = lines[JournalSample.LineOf(lines, 4, 1)..^1];
        AuditReport report = sample.Check([.. kept, .. rest, Removal(5, 1, through: 3, last.Number, last.Hash), $"{{\"end\":{(5 << 16) | 1}}}"]);
        Assert.Null(report.Fault);
        Assert.Contains("segments 1 to 3, which are missing", Assert.Single(report.Unchecked), StringComparison.Ordinal);
        Assert.Equal(0, report.RemovedThrough);
        // Nor does an invented checkpoint excuse anything, nor what can't be read.
        Expect(sample.Check([.. kept, .. rest, Removal(5, 1, through: 3, last.Number, new string('0', 64)), $"{{\"end\":{(5 << 16) | 1}}}"]), "removal", 5, 1);
        foreach (string malformed in new[] { "\"three\"", "null", "{}", "1e99", "1.5" })
            Expect(sample.Check([.. kept, .. rest, Removal(5, 1, 3, last.Number, last.Hash).Replace("\"through\":3", $"\"through\":{malformed}", StringComparison.Ordinal)]), "removal", 5, 1);
    }

    [Fact(Timeout = Patience)]
    public async Task A_removal_counts_once_a_checkpoint_covers_it()
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        await using JournalWriter writer = sample.WriterOf("five");
        sample.Clock.Advance(TimeSpan.FromDays(100));
        await new JournalRetention(sample.Store, writer, new CheckpointReader(sample.Store), sample.Clock, TimeSpan.FromDays(90)).RemoveAsync(default);
        AuditReport before = sample.Check(await sample.ExportAsync());
        Assert.Null(before.Fault);
        Assert.Single(before.Unchecked);
        await sample.SealAsync();
        AuditReport after = sample.Check(await sample.ExportAsync());
        Assert.Null(after.Fault);
        Assert.Empty(after.Unchecked);
        Assert.Equal(3, after.RemovedThrough);
    }

    [Theory(Timeout = Patience)]
    [InlineData("")]
    [InlineData("hello\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"version\":2}\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"version\":1,\"scope\":\"whole\"}\n[1]\n")]
    [InlineData("{\"format\":1,\"version\":1}\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"version\":1,\"scope\":1}\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"version\":1}\n{\"end\":\"1\"}\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"versi\\udc00\\ud800on\":1}\n{\"end\":0}\n")]
    [InlineData("{\"format\":\"sshfn-journal\",\"version\":1,\"scope\":\"whole\"}\n{\"segment\":1,\"index\":1,\"time\":\"2030-01-31T12:00:00+00:00\",\"event\":{\"kind\":\"segments.removed\",\"thr\\udc00\\ud800ough\":1},\"previous\":\"0000000000000000000000000000000000000000000000000000000000000000\"}\n{\"end\":65537}\n")]
    public async Task What_is_no_export_is_refused(string text)
    {
        using JournalSample sample = await JournalSample.WriteAsync();
        Assert.NotNull(sample.Check(text).Fault);
    }

    private static List<string> CheckpointLines(List<string> lines) => lines.FindAll(line => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal));

    private static string Removal(long segment, int index, long through, long checkpoint, string hash) =>
        $$$"""{"segment":{{{segment}}},"index":{{{index}}},"time":"2026-01-01T00:00:00+00:00","caller":{"kind":"system","subject":"system"},"event":{"kind":"segments.removed","from":1,"through":{{{through}}},"olderThan":"2026-01-01T00:00:00+00:00","checkpoint":{{{checkpoint}}},"checkpointHash":"{{{hash}}}"},"previous":"{{{new string('0', 64)}}}"}""";

    private static void Change(List<string> lines, long segment, int index)
    {
        int at = JournalSample.LineOf(lines, segment, index);
        lines[at] = lines[at].Replace("\"caller\":{\"kind\":\"system\"", "\"caller\":{\"kind\":\"person\"", StringComparison.Ordinal);
    }

    private static async Task<AuditReport> ExpectAsync(JournalSample sample, string kind, long segment, int index, Action<List<string>> tamper)
    {
        List<string> lines = await sample.ExportAsync();
        tamper(lines);
        AuditReport report = sample.Check(lines);
        Expect(report, kind, segment, index);
        return report;
    }

    private static void Expect(AuditReport report, string kind, long segment, int index)
    {
        Assert.NotNull(report.Fault);
        Assert.Equal((kind, segment, index), (report.Fault.Kind, report.Fault.Segment ?? 0, report.Fault.Index ?? 0));
        Assert.Contains($"(serial {((ulong)segment << 16) | (uint)index})", report.Fault.Text, StringComparison.Ordinal);
    }

    private static string Line(string statement, string signature) =>
        $"{{\"checkpoint\":{JsonSerializer.Serialize(statement)},\"signature\":{JsonSerializer.Serialize(signature)}}}";
}
