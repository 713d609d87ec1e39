using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Journal.Export;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Processes;
using SshFunctions.Support.Programs;
using SshFunctions.Support.Signers;
using SshFunctions.Support.Store;
using SshFunctions.Support.Time;

namespace SshFunctions.Benchmarks.Verify;

/// <summary>How long <c>sshfn audit verify</c> takes for an export that the broker's own code wrote.</summary>
internal static class VerifyBenchmark
{
    private const int SealEvery = 2000;

    /// <summary>Writes a journal, seals it as it grows, and saves its export and the journal's key.</summary>
    public static async Task FillAsync(string folder, int count)
    {
        var store = new InMemoryStore();
        var clock = new ManualClock();
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        var signer = new InMemoryStatementSigner(key);
        await using var journal = new JournalWriter(store, clock, "benchmark", "1.0");
        var sealer = new JournalSealer(store, signer, clock);
        for (int at = 0; at < count; at += SealEvery)
        {
            clock.Advance(TimeSpan.FromMinutes(5));
            await Task.WhenAll(Enumerable.Range(at, Math.Min(SealEvery, count - at)).Select(number => AppendAsync(journal, number)));
            await sealer.SealAsync(CancellationToken.None);
        }

        var checkpoints = new CheckpointReader(store);
        var export = new JournalExport(store, checkpoints, new JournalRetention(store, journal, checkpoints, clock, null), clock);
        await using FileStream file = File.Create(Path.Combine(folder, "journal.ndjson"));
        await foreach (ReadOnlyMemory<byte> line in export.ReadLinesAsync(new JournalExportOrder(new JournalFilter()), CancellationToken.None))
        {
            file.Write(line.Span);
            file.WriteByte((byte)'\n');
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "journal.pub"), key.PublicKey.ToText() + "\n");
    }

    /// <summary>Runs the published program five times.</summary>
    public static async Task RunAsync(string folder, int count)
    {
        string journal = Path.Combine(folder, "journal.ndjson");
        var times = new List<double>();
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            (await ProcessRun.ToEndAsync(ProductProgram.Sshfn.Path, ["audit", "verify", journal, "--key", Path.Combine(folder, "journal.pub")])).Expect(0);
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count:N0} | {count / SealEvery:N0} | {new FileInfo(journal).Length / 1048576:N0} | {times[2]:F2} | {times[0]:F2} | {times[4]:F2} |"));
    }

    // A certificate's entry, as most are: half a kilobyte.
    private static Task<JournalEntry> AppendAsync(JournalWriter journal, int number)
    {
        string fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes($"{number}"))).TrimEnd('=');
        var time = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var issued = new JournalEvent.CertificateIssued(
            ResourcePath.Parse("acme/production/web"), Login.Parse("deploy"), "deployers", "alice@example.com", ["deploy@acme/production/web"], fingerprint, fingerprint, time, time);
        return journal.AppendAsync(new Caller(CallerKind.Person, Subject.Parse("alice@example.com"), [], "q7wmzk3thd5xravn"), issued, CancellationToken.None);
    }
}
