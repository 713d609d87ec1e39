using System.Text;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Local;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Keys;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Proofs;
using SshFunctions.Support.Time;

namespace SshFunctions.Store.Tests.Backups;

[Trait("Proof", "faults")]
public sealed class BrokerBackupTests : IDisposable
{
    private const int Patience = 600_000;
    private const int DocumentCount = 300;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Data => In("data");

    private string Backup => In("backup");

    [Fact(Timeout = Patience)]
    public async Task Holds_what_was_there_when_it_was_made_and_the_keys_in_one_file_of_its_owners()
    {
        await using (SqliteStore store = await FillAsync())
        {
            BackupFacts made = Must(BrokerBackup.Make(Data, Backup, new ManualClock()));
            Assert.Equal((DocumentCount, "journal user-ca"), (made.DocumentCount, string.Join(' ', made.Files)));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Backup));
            await InsertAsync(store, DocumentCount, 1);
        }

        Assert.Equal([Backup], Directory.GetFiles(_folder.Path));
        using RestoreTarget restored = Restore(Backup, out BackupFacts held);
        Assert.Equal(DocumentCount, held.DocumentCount);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Data, "keys", "user-ca")), await File.ReadAllBytesAsync(restored.Data.KeyPath("user-ca")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(restored.Data.KeyPath("user-ca")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(restored.Data.StorePath));
        Assert.Equal(["keys", "lock", "store.db"], Directory.GetFileSystemEntries(restored.Data.Path).Select(Path.GetFileName).Order());
        await using SqliteStore copy = SqliteStore.Open(restored.Data.StorePath);
        Assert.Equal(DocumentCount, (await copy.ListAsync("p", RowRange.All, default)).Documents.Count);
    }

    [Fact(Timeout = Patience)]
    public async Task Leaves_no_private_key_in_the_store_that_it_lays_out_and_no_backup_can_be_served_as_a_store()
    {
        await (await FillAsync()).DisposeAsync();
        Must(BrokerBackup.Make(Data, Backup, new ManualClock()));
        using RestoreTarget restored = Restore(Backup, out _);
        byte[] marker = Encoding.ASCII.GetBytes("OPENSSH PRIVATE KEY");
        Assert.True((await File.ReadAllBytesAsync(Backup)).AsSpan().IndexOf(marker) > 0);
        Assert.Equal(-1, (await File.ReadAllBytesAsync(restored.Data.StorePath)).AsSpan().IndexOf(marker));
        Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(Backup));
    }

    [Fact(Timeout = Patience)]
    public async Task Is_of_one_moment_although_commits_go_on_beside_it()
    {
        await using SqliteStore store = await FillAsync();
        using var end = new CancellationTokenSource();
        int told = 0;
        Task writing = Task.Run(async () =>
        {
            for (int at = DocumentCount; !end.IsCancellationRequested; at++)
            {
                await InsertAsync(store, at, 1);
                Volatile.Write(ref told, at + 1);
            }
        });
        int wrong = 0;
        int lost = 0;
        int rounds = LongRuns.Count(usual: 5, whole: 200);
        for (int round = 0; round < rounds; round++)
        {
            string file = In($"backup-{round}");
            int before = Math.Max(DocumentCount, Volatile.Read(ref told));
            long held = Must(BrokerBackup.Make(Data, file, new ManualClock())).DocumentCount;
            if (held < before) lost++;
            if (!await HoldsTheFirstAsync(file, In($"restored-{round}"), held)) wrong++;
            File.Delete(file);
        }

        await end.CancelAsync();
        await writing;
        new ProofFigure("faults", "backup while commits go on", rounds, wrong, lost).Record();
        Assert.Equal((0, 0), (wrong, lost));
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_what_is_damaged_wherever_a_bit_turned()
    {
        await (await FillAsync()).DisposeAsync();
        Must(BrokerBackup.Make(Data, Backup, new ManualClock()));
        byte[] good = await File.ReadAllBytesAsync(Backup);
        int tries = LongRuns.Count(usual: 60, whole: 5000);
        int refused = 0;
        for (int seed = 0; seed < tries; seed++)
        {
            var random = new Random(seed);
            byte[] bad = [.. good];
            int at = random.Next(bad.Length);
            bad[at] ^= (byte)(1 << random.Next(8));
            if (random.Next(10) == 0) bad = bad[..random.Next(bad.Length)];
            string file = In("damaged");
            await File.WriteAllBytesAsync(file, bad);
            File.SetUnixFileMode(file, OwnerOnly);
            using RestoreTarget restored = Must(RestoreTarget.Take(In("restored")));
            if (restored.LayOut(file).Succeeded) await AssertSameAsync(restored, $"seed {seed}, byte {at}");
            else refused++;
        }

        new ProofFigure("faults", "a damaged backup: refused, or whole all the same", tries).Record();
        // What is not used, as the room of a page, may turn; all else is found out.
        Assert.True(refused > tries / 3, $"{refused} of {tries} were refused");
    }

    [Fact(Timeout = Patience)]
    public async Task Refuses_to_overwrite_and_what_is_no_data_directory()
    {
        await (await FillAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Backup, "an older one");
        Assert.Contains("exists already", Assert.IsType<Refusal.Conflict>(BrokerBackup.Make(Data, Backup, new ManualClock()).Refusal).Detail, StringComparison.Ordinal);
        Assert.Equal("an older one", await File.ReadAllTextAsync(Backup));
        Assert.Contains("no data directory", BrokerBackup.Make(In("nothing"), In("other"), new ManualClock()).Refusal!.Detail, StringComparison.Ordinal);
        Assert.Contains($"{In("no/such")} doesn't exist", BrokerBackup.Make(Data, In("no/such/folder"), new ManualClock()).Refusal!.Detail, StringComparison.Ordinal);
        using RestoreTarget restored = Must(RestoreTarget.Take(In("restored")));
        Assert.Contains("is no backup", restored.LayOut(Path.Combine(Data, "store.db")).Refusal!.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Makes_none_of_a_store_with_a_damaged_page_and_leaves_nothing()
    {
        await (await FillAsync()).DisposeAsync();
        string store = Path.Combine(Data, "store.db");
        using (var file = new FileStream(store, FileMode.Open))
        {
            file.Position = 3 * 4096;
            file.Write(new byte[4096]);
        }

        Refusal refusal = BrokerBackup.Make(Data, Backup, new ManualClock()).Refusal!;
        Assert.Contains("restore the last good backup", refusal.Fix, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private RestoreTarget Restore(string file, out BackupFacts facts)
    {
        RestoreTarget restored = Must(RestoreTarget.Take(In("restored")));
        facts = Must(restored.LayOut(file));
        restored.Keep();
        return restored;
    }

    /// <summary>Whether a backup holds just the first of the rows, each as it was written: one more or less, and it is of two moments.</summary>
    private static async Task<bool> HoldsTheFirstAsync(string file, string directory, long count)
    {
        using RestoreTarget restored = Must(RestoreTarget.Take(directory));
        if (Must(restored.LayOut(file)).DocumentCount != count) return false;
        await using SqliteStore copy = SqliteStore.Open(restored.StorePath);
        int at = 0;
        for (RowRange? range = RowRange.All; range is not null;)
        {
            DocumentPage page = await copy.ListAsync("p", range.Value, default);
            foreach (StoredDocument document in page.Documents)
            {
                if (document.Key.Row != RowOf(at++) || Encoding.ASCII.GetString(document.Body.Span) != BodyOf(document.Key.Row)) return false;
            }

            range = page.Next is null ? null : range.Value.Continue(page.Next);
        }

        return at == count;
    }

    private static async Task AssertSameAsync(RestoreTarget restored, string where)
    {
        await using SqliteStore copy = SqliteStore.Open(restored.StorePath);
        IReadOnlyList<StoredDocument> documents = (await copy.ListAsync("p", RowRange.All, default)).Documents;
        Assert.True(documents.Count == DocumentCount && documents.All(document => Encoding.ASCII.GetString(document.Body.Span) == BodyOf(document.Key.Row)), where);
        Assert.True(KeyFile.Read(restored.Data.KeyPath("user-ca")).Succeeded, where);
    }

    private async Task<SqliteStore> FillAsync()
    {
        using DataDirectory data = Must(DataDirectory.Open(Data));
        KeyFile.MakeIfMissing(data.KeyPath("user-ca"), "test");
        KeyFile.MakeIfMissing(data.KeyPath("journal"), "test");
        SqliteStore store = SqliteStore.Open(data.StorePath);
        for (int at = 0; at < DocumentCount; at += 50) await InsertAsync(store, at, 50);
        return store;
    }

    private static async Task InsertAsync(SqliteStore store, int first, int count) => Assert.IsType<CommitResult.Committed>(await store.CommitAsync(
        "p",
        [.. Enumerable.Range(first, count).Select(RowOf).Select(row => new DocumentChange.Insert(row, Encoding.ASCII.GetBytes(BodyOf(row))))],
        default));

    private static string RowOf(int at) => $"row-{at:D6}";

    private static string BodyOf(string row) => string.Concat(Enumerable.Repeat(row + ";", 20));

    private string In(string name) => Path.Combine(_folder.Path, name);

    private static T Must<T>(Result<T> result)
        where T : notnull =>
        result.Try(out T? value, out Refusal? refusal) ? value : throw new InvalidOperationException(refusal.Detail);
}
