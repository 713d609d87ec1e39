using System.Globalization;
using SQLitePCL;
using SshFunctions.Core.Ports;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>Demands that a backup is as this program makes one: it may be damaged, and made by hand.</summary>
internal static class BackupCheck
{
    // A counter of commits; some thousands a second reach this after ten thousand years.
    private const long MaximumVersion = 1L << 53;

    private static readonly DateTimeOffset Oldest = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Newest = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads what a backup holds, if it is what was written.</summary>
    /// <exception cref="SqliteException">It is not.</exception>
    public static BackupFacts Read(SqliteConnection backup)
    {
        RequireSound(backup);
        if (Count(backup, "backup") != 1) throw Fault("it does not say when it was made");
        (string digest, long count) = BackupDigest.Of(backup);
        if (backup.Query("SELECT digest FROM backup") != digest) throw Fault("what it holds is not what was written");
        return new BackupFacts(MadeIn(backup), count, NamesIn(backup));
    }

    /// <summary>Demands what every backup has, and what the broker's code takes for granted of its store.</summary>
    /// <exception cref="SqliteException">Something else.</exception>
    public static void RequireSound(SqliteConnection backup)
    {
        backup.Execute("PRAGMA trusted_schema = OFF");
        BackupSchema.RequireExact(backup);
        if (backup.Query("PRAGMA integrity_check") is var found && found != "ok") throw Fault($"SQLite finds {found}");
        if (Count(backup, "versions") != 1 || Count(backup, $"versions WHERE last BETWEEN 0 AND {Text(MaximumVersion)}") != 1)
            throw Fault("its counter of versions is out of range");
        string odd = $"version < 1 OR version > (SELECT last FROM versions) OR length(body) > {Text(StoreLimits.MaximumBodyBytes)}";
        if (Count(backup, $"documents WHERE {odd} OR {NotAscii("partition")} OR {NotAscii("row")}") != 0 || Count(backup, $"backup_files WHERE {NotAscii("name")}") != 0)
            throw Fault("it holds a document or file that no broker wrote");
        RequireKeys(backup);
    }

    private static void RequireKeys(SqliteConnection backup)
    {
        SqliteStatement rows = backup.Prepare("SELECT partition, row FROM documents");
        while (rows.Step())
        {
            if (!DocumentKey.IsPart(rows.Text(0)!) || !DocumentKey.IsPart(rows.Text(1)!)) throw Fault("it holds a document of a name that no broker gives");
        }

        rows.Reset();
    }

    private static DateTimeOffset MadeIn(SqliteConnection backup)
    {
        SqliteStatement row = backup.Prepare("SELECT made FROM backup");
        row.Step();
        long made = row.Integer(0);
        row.Reset();
        if (made < Oldest.ToUnixTimeMilliseconds() || made > Newest.ToUnixTimeMilliseconds()) throw Fault("the time that it was made is out of range");
        return DateTimeOffset.FromUnixTimeMilliseconds(made);
    }

    private static List<string> NamesIn(SqliteConnection backup)
    {
        var names = new List<string>();
        SqliteStatement rows = backup.Prepare("SELECT name FROM backup_files ORDER BY name");
        while (rows.Step()) names.Add(rows.Text(0)!);
        rows.Reset();
        return names.Find(name => !BackupKeys.IsName(name)) is { } odd ? throw Fault($"it holds a key file \"{odd}\", which no broker wrote") : names;
    }

    // Counts characters up to the first U+0000 against bytes.
    private static string NotAscii(string column) => $"length({column}) <> length(CAST({column} AS BLOB))";

    private static long Count(SqliteConnection backup, string of) => long.Parse(backup.Query($"SELECT count(*) FROM {of}")!, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static SqliteException Fault(string text) => new(raw.SQLITE_CORRUPT, text);
}
