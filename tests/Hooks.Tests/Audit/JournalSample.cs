using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Hooks.Audit;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Hooks.Tests.Audit;

/// <summary>A journal that the broker's own code wrote: several instances, segments and checkpoints; and its export, to be tampered with.</summary>
internal sealed partial class JournalSample : IDisposable
{
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);

    public InMemoryStore Store { get; } = new();

    public ManualClock Clock { get; } = new();

    public SshPublicKey Key => _key.PublicKey;

    public InMemoryStatementSigner Signer => new(_key);

    /// <summary>Segments 1, 2 and 3 closed, of 14, 9 and 14 entries, and 4 still open; a checkpoint after each few entries.</summary>
    public static async Task<JournalSample> WriteAsync()
    {
        var sample = new JournalSample();
        await using (JournalWriter first = sample.WriterOf("one"))
        {
            await sample.AppendAsync(first, 6);
            await using JournalWriter second = sample.WriterOf("two");
            await sample.AppendAsync(second, 7);
            await sample.AppendAsync(first, 6);
        }

        await using (JournalWriter third = sample.WriterOf("three")) await sample.AppendAsync(third, 12);
        JournalWriter open = sample.WriterOf("four");
        await sample.AppendAsync(open, 5);
        await open.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived("SHA256:unsealed"), default);
        await open.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived("SHA256:unsealed"), default);
        return sample;
    }

    public JournalWriter WriterOf(string instance) => new(Store, Clock, instance, "1.0");

    public async Task AppendAsync(JournalWriter writer, int count)
    {
        for (int at = 0; at < count; at++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await writer.AppendAsync(Caller.System, new JournalEvent.PrivateKeyReceived($"SHA256:{at}"), default);
            if (at % 3 == 2) await SealAsync();
        }

        await SealAsync();
    }

    public Task<Checkpoint?> SealAsync(SshPrivateKey? key = null) =>
        new JournalSealer(Store, key is null ? Signer : new InMemoryStatementSigner(key), Clock).SealAsync(default);

    public async Task<List<string>> ExportAsync(JournalFilter? filter = null, long? segment = null, InMemoryStore? store = null)
    {
        store ??= Store;
        var checkpoints = new CheckpointReader(store);
        var retention = new JournalRetention(store, WriterOf("unused"), checkpoints, Clock, null);
        var export = new JournalExport(store, checkpoints, retention, Clock);
        return await export.ReadLinesAsync(new JournalExportOrder(filter ?? new JournalFilter(), segment), default)
            .Select(line => Encoding.UTF8.GetString(line.Span)).ToListAsync();
    }

    public AuditReport Check(IEnumerable<string> lines, SshPublicKey? key = null, CheckpointLine? kept = null) =>
        Check(string.Concat(lines.Select(line => line + "\n")), key, kept);

    public AuditReport Check(string text, SshPublicKey? key = null, CheckpointLine? kept = null) => Check(text, [key ?? Key], kept);

    public static AuditReport Check(IEnumerable<string> lines, IReadOnlyCollection<SshPublicKey> keys) =>
        Check(string.Concat(lines.Select(line => line + "\n")), keys, null);

    private static AuditReport Check(string text, IReadOnlyCollection<SshPublicKey> keys, CheckpointLine? kept)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return ExportCheck.Run(stream, keys, kept);
    }

    /// <summary>Where an entry stands in an export.</summary>
    public static int LineOf(List<string> lines, long segment, int index) =>
        lines.FindIndex(line => line.StartsWith($"{{\"segment\":{segment},\"index\":{index},", StringComparison.Ordinal));

    /// <summary>Makes the chain fit again behind a change, as whoever owns the database could.</summary>
    public static void Rechain(List<string> lines, int from)
    {
        for (int at = from; at + 1 < lines.Count && SegmentOf(lines[at + 1]) == SegmentOf(lines[at]) && SegmentOf(lines[at]) > 0; at++)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[at])));
            lines[at + 1] = Previous().Replace(lines[at + 1], $"\"previous\":\"{hash}\"");
        }
    }

    public void Dispose() => _key.Dispose();

    private static long SegmentOf(string line) => Segment().Match(line) is { Success: true } match ? long.Parse(match.Groups[1].Value, null) : 0;

    [GeneratedRegex("\"previous\":\"[0-9a-f]{64}\"")]
    private static partial Regex Previous();

    [GeneratedRegex("^\\{\"segment\":([0-9]+),")]
    private static partial Regex Segment();
}
