using System.Text.Json;
using SQLitePCL;
using SshFunctions.Core;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>Copies all that a broker on one machine keeps into one file, also while it serves.</summary>
/// <remarks>
/// The file is an SQLite database of mode 0600: the store as it was at one moment, the files of <c>keys/</c>, and a digest of both that
/// notices damage. It is made in a folder of its own beside its place and moved there when it is whole and checked. Who reads it has the
/// CA keys; who writes it owns the broker that is restored from it.
/// </remarks>
public static class BrokerBackup
{
    private const int PrimaryCode = 0xFF;
    private const string KeyFolder = "keys";

    /// <summary>Makes a backup.</summary>
    /// <param name="data">The broker's data directory; its lock is not needed.</param>
    /// <param name="file">Where it goes; must not exist, and lie where nobody else can rename files.</param>
    /// <param name="clock">When it was made.</param>
    /// <returns>What it holds; a conflict when the file exists, invalid when the directory is none or what it holds is damaged.</returns>
    public static Result<BackupFacts> Make(string data, string file, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        string path = Path.GetFullPath(file);
        string folder = Path.GetFullPath(data);
        try
        {
            if (BackupPlace.Objection(folder, path) is { } objection) return objection;
            using BackupDraft draft = BackupDraft.Make(Path.GetDirectoryName(path)!);
            if (!Write(folder, draft, clock).Try(out BackupFacts? facts, out Refusal? refusal)) return refusal;
            draft.MoveTo(path);
            return facts with { Leftovers = BackupPlace.LeftoversBeside(path, draft) };
        }
        catch (Exception fault) when (fault is SqliteException or StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            if (fault is IOException && File.Exists(path)) return BackupPlace.Taken(path);
            return new Refusal.Invalid(null, $"no backup was made of {folder} in {path}, and nothing is left of it: {fault.Message}", FixOf(fault, path));
        }
    }

    private static Result<BackupFacts> Write(string data, BackupDraft draft, TimeProvider clock)
    {
        DateTimeOffset made = clock.GetUtcNow();
        using (SqliteConnection source = SqliteConnection.Open(Path.Combine(data, BackupPlace.StoreName), SqliteSettings.Default.BusyTimeout))
        {
            SqliteSchema.Require(source);
            source.Execute($"VACUUM INTO '{draft.Path.Replace("'", "''", StringComparison.Ordinal)}'");
        }

        // Before any key goes in.
        draft.RequireOwn();
        if (!Complete(draft.Path, Path.Combine(data, KeyFolder), made).Try(out BackupFacts? facts, out Refusal? refusal)) return refusal;
        OwnFile.Flush(draft.Path);
        return facts;
    }

    // Keys after the store: a key is in its file before the store names it.
    private static Result<BackupFacts> Complete(string draft, string keys, DateTimeOffset made)
    {
        KeyRing? ring = RingIn(draft);
        using SqliteConnection copy = SqliteConnection.Open(draft, SqliteSettings.Default.BusyTimeout);
        copy.Execute("PRAGMA journal_mode = MEMORY");
        copy.Execute("BEGIN IMMEDIATE");
        BackupSchema.Create(copy);
        (IReadOnlyList<string> taken, IReadOnlyList<string> leftOut) = BackupKeys.Add(copy, keys);
        if (ring is not null && BackupKeys.NeededBy(ring).FirstOrDefault(name => !taken.Contains(name)) is { } missing) return Missing(Path.Combine(keys, missing));
        copy.Prepare("INSERT INTO backup(made, digest) VALUES(?1, '')").Bind(1, made.ToUnixTimeMilliseconds()).Execute();
        (string digest, long count) = BackupDigest.Of(copy);
        copy.Execute($"UPDATE backup SET digest = '{digest}'");
        copy.Execute("COMMIT");
        BackupCheck.RequireSound(copy);
        IEnumerable<string> elsewhere = ring is null ? [] : BackupKeys.ElsewhereBy(ring);
        return new BackupFacts(made, count, taken) { LeftOut = [.. elsewhere, .. leftOut.Select(name => $"{Path.Combine(keys, name)}, which no broker made")] };
    }

    private static KeyRing? RingIn(string draft)
    {
        using var reader = DocumentReader.Open(draft, SqliteSettings.Default);
        // Reads are done when the call returns.
        return new KeyRingRegistry(new BackupDocuments(reader), TimeProvider.System).FindAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static Refusal.Invalid Missing(string file) => new(
        "data",
        $"no backup was made: {file}, a key that signs, is gone or no regular file, and a broker that is restored without it does not start",
        "put it back, from the last good backup if need be; keep that one until then");

    private static string FixOf(Exception fault, string path) => ((fault as SqliteException)?.Code & PrimaryCode) switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the store is damaged: keep it, and restore the last good backup",
        raw.SQLITE_MISMATCH => "make the backup with the program that serves from the directory",
        raw.SQLITE_FULL => $"make room in {Path.GetDirectoryName(path)}",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "try again: another process held the store",
        raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => "run this as the user that the broker runs as, and check where that may write",
        _ when fault is StoreUnavailableException { InnerException: JsonException } => "the store is damaged: keep it, and restore the last good backup",
        _ => "check the room on both disks and who may read and write there",
    };
}
