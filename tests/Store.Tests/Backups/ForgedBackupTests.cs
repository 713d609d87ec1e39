using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Backups;
using SshFunctions.Local.Sqlite;
using SshFunctions.Support.Processes;

namespace SshFunctions.Store.Tests.Backups;

/// <summary>A backup was made or changed by hand, digest and all, or is not its reader's alone.</summary>
public sealed class ForgedBackupTests
{
    private const int Patience = 60_000;

    [Theory(Timeout = Patience)]
    [InlineData("a trigger", "CREATE TRIGGER t AFTER INSERT ON documents BEGIN UPDATE documents SET body = x'00' WHERE row = 'next'; END")]
    [InlineData("an index", "CREATE INDEX i ON documents(version)")]
    [InlineData("a table", "CREATE TABLE more(a)")]
    [InlineData("a view", "CREATE VIEW v AS SELECT * FROM documents")]
    [InlineData("a table of another layout", "ALTER TABLE documents ADD COLUMN more TEXT")]
    [InlineData("no tables of a backup", "DROP TABLE backup_files")]
    [InlineData("a key file above the folder", "INSERT INTO backup_files(name, body) VALUES('../evil', x'00')")]
    [InlineData("a key file of an empty name", "INSERT INTO backup_files(name, body) VALUES('', x'00')")]
    [InlineData("a key file with U+0000 in its name", "INSERT INTO backup_files(name, body) VALUES('a' || char(0) || 'b', x'00')")]
    [InlineData("a key file of a name too long for the disk", "INSERT INTO backup_files(name, body) VALUES(hex(zeroblob(150)), x'00')")]
    [InlineData("made at the end of time", "UPDATE backup SET made = 9223372036854775807")]
    [InlineData("made before the beginning", "UPDATE backup SET made = -62135596800001")]
    [InlineData("made twice", "INSERT INTO backup(made, digest) SELECT made, digest FROM backup")]
    [InlineData("never made", "DELETE FROM backup")]
    [InlineData("versions at their maximum", "UPDATE versions SET last = 9223372036854775807")]
    [InlineData("no versions", "DELETE FROM versions")]
    [InlineData("a version that is still to come", "UPDATE documents SET version = 4611686018427387904")]
    [InlineData("a partition that no broker has", "INSERT INTO documents(partition, row, version, body) VALUES('a b', 'c', 1, x'00')")]
    [InlineData("a row with U+0000", "INSERT INTO documents(partition, row, version, body) VALUES('a', 'b' || char(0), 1, x'00')")]
    [InlineData("a document larger than any", "INSERT INTO documents(partition, row, version, body) VALUES('a', 'b', 1, zeroblob(1000000))")]
    public async Task Is_damaged_and_leaves_nothing_with(string what, string sql)
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Change(broker, sql);
        Refusal refused = broker.RefusalOf(broker.Backup);
        Assert.True(refused.Detail.Contains("is damaged and nothing was restored", StringComparison.Ordinal), $"{what}: {refused.Detail}");
    }

    [Fact(Timeout = Patience)]
    public async Task Is_restored_when_nothing_is_changed_but_the_seal_renewed()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Change(broker, "UPDATE backup SET made = made + 1");
        using RestoreTarget target = SmallBroker.Must(RestoreTarget.Take(broker.In("restored")));
        SmallBroker.Must(target.LayOut(broker.Backup));
    }

    [Fact(Timeout = Patience)]
    public async Task Tells_the_terminal_nothing_by_the_names_in_it()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Change(broker, "INSERT INTO backup_files(name, body) VALUES(char(27) || '[2J', x'00')");
        Assert.DoesNotContain('\u001b', broker.RefusalOf(broker.Backup).Detail);
    }

    [Fact(Timeout = Patience)]
    public async Task A_store_version_of_another_program_is_refused()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        Change(broker, "PRAGMA user_version = 2");
        Assert.Contains("store version 2", broker.RefusalOf(broker.Backup).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_journal_beside_it_that_SQLite_would_take_up_counts_for_nothing()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        SmallBroker.Must(broker.BackUp());
        using (SqliteConnection changed = Open(broker.Backup))
        {
            Assert.Equal("wal", changed.Query("PRAGMA journal_mode = WAL"));
            changed.Execute("DELETE FROM documents WHERE partition = 'p'");
            changed.Execute($"UPDATE backup SET digest = '{BackupDigest.Of(changed).Digest}'");
            foreach (string suffix in new[] { "", "-wal" }) File.Copy(broker.Backup + suffix, broker.In("taken") + suffix);
        }

        using RestoreTarget target = SmallBroker.Must(RestoreTarget.Take(broker.In("restored")));
        Assert.Equal(SmallBroker.DocumentCount, SmallBroker.Must(target.LayOut(broker.In("taken"))).DocumentCount);
        await using SqliteStore store = SqliteStore.Open(target.StorePath);
        Assert.Equal(SmallBroker.DocumentCount - 1, (await store.ListAsync("p", RowRange.All, default)).Documents.Count);
    }

    [Theory(Timeout = Patience)]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task Is_refused_when_others_may_read_or_write_it(UnixFileMode others)
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        SmallBroker.Must(broker.BackUp());
        File.SetUnixFileMode(broker.Backup, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Refusal refused = broker.RefusalOf(broker.Backup);
        Assert.Contains("is open to other users", refused.Detail, StringComparison.Ordinal);
        Assert.Contains($"chmod 600 {broker.Backup}", refused.Fix, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Is_refused_when_it_belongs_to_another_user()
    {
        if (!Environment.IsPrivilegedProcess) return;
        using SmallBroker broker = await SmallBroker.MakeAsync();
        SmallBroker.Must(broker.BackUp());
        (await ProcessRun.ToEndAsync("chown", ["12345", broker.Backup])).Expect(0);
        Refusal refused = broker.RefusalOf(broker.Backup);
        Assert.Contains("belongs to user 12345", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("chown", refused.Fix, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task A_pipe_a_folder_and_an_absent_file_are_refused_at_once()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        (await ProcessRun.ToEndAsync("mkfifo", ["-m", "600", broker.In("pipe")])).Expect(0);
        Assert.Contains("is no regular file", broker.RefusalOf(broker.In("pipe")).Detail, StringComparison.Ordinal);
        Assert.Contains("is no regular file", broker.RefusalOf(broker.Data).Detail, StringComparison.Ordinal);
        Assert.Contains("there is no file", broker.RefusalOf(broker.In("absent")).Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task What_is_no_database_is_called_no_backup_and_not_damaged()
    {
        using SmallBroker broker = await SmallBroker.MakeAsync();
        await File.WriteAllTextAsync(broker.Backup, string.Concat(Enumerable.Repeat("a letter to my mother\n", 500)));
        File.SetUnixFileMode(broker.Backup, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Contains("is no backup", broker.RefusalOf(broker.Backup).Detail, StringComparison.Ordinal);
    }

    private static void Change(SmallBroker broker, string sql)
    {
        SmallBroker.Must(broker.BackUp());
        using SqliteConnection forged = Open(broker.Backup);
        forged.Execute(sql);
        if (forged.Query("SELECT count(*) FROM sqlite_schema WHERE name = 'backup_files'") == "0") return;
        forged.Execute($"UPDATE backup SET digest = '{BackupDigest.Of(forged).Digest}'");
    }

    private static SqliteConnection Open(string file) => SqliteConnection.Open(file, SqliteSettings.Default.BusyTimeout);
}
