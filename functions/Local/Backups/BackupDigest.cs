using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Local.Sqlite;

namespace SshFunctions.Local.Backups;

/// <summary>SHA-256 over everything that a backup holds: SQLite's own check sees its structure, not a bit that turned in a document.</summary>
internal static class BackupDigest
{
    private static readonly string[] Tables =
    [
        "SELECT partition, row, version, body FROM documents ORDER BY partition, row",
        "SELECT 'last', '', last, x'' FROM versions",
        "SELECT name, '', 0, body FROM backup_files ORDER BY name",
        "SELECT 'made', '', made, x'' FROM backup",
    ];

    /// <summary>Lower-case hexadecimal, and how many rows of the first table there were.</summary>
    public static (string Digest, long DocumentCount) Of(SqliteConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long[] counts = [.. Tables.Select(sql => Add(hash, connection, sql))];
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), counts[0]);
    }

    private static long Add(IncrementalHash hash, SqliteConnection connection, string sql)
    {
        SqliteStatement rows = connection.Prepare(sql);
        long count = 0;
        for (; rows.Step(); count++)
        {
            Append(hash, Encoding.UTF8.GetBytes(rows.Text(0)!));
            Append(hash, Encoding.UTF8.GetBytes(rows.Text(1)!));
            Append(hash, rows.Integer(2));
            Append(hash, rows.Blob(3));
        }

        rows.Reset();
        Append(hash, count);
        return count;
    }

    // Lengths first, so that nothing can be cut elsewhere.
    private static void Append(IncrementalHash hash, byte[] part)
    {
        Append(hash, part.LongLength);
        hash.AppendData(part);
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
