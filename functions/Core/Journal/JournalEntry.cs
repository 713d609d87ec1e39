using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>One entry of the journal, and the exact bytes that are stored, hashed and exported.</summary>
/// <remarks>
/// The stored form is one JSON object: <c>segment</c>, <c>index</c>, <c>time</c>, <c>caller</c>, <c>event</c>, <c>previous</c>. The
/// chain is over the bytes, not over their meaning: SHA-256 of one entry's bytes is the next one's <c>previous</c>.
/// </remarks>
public sealed class JournalEntry
{
    private const string PartitionPrefix = "journal:";

    /// <summary><see cref="Previous"/> of a segment's first entry.</summary>
    public static string NoPrevious { get; } = new('0', 64);

    private JournalEntry(JournalRecord record, ReadOnlyMemory<byte> encoded, string hash)
    {
        Position = new JournalPosition(record.Segment, record.Index);
        Time = record.Time;
        Caller = record.Caller;
        Event = record.Event;
        Previous = record.Previous;
        Encoded = encoded;
        Hash = hash;
    }

    /// <summary>Where it lies.</summary>
    public JournalPosition Position { get; }

    /// <summary>When its index was reserved, by the broker's clock, UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Who caused it.</summary>
    public JournalCaller Caller { get; }

    /// <summary>What it records.</summary>
    public JournalEvent Event { get; }

    /// <summary>SHA-256 of the entry before it, lower-case hexadecimal; <see cref="NoPrevious"/> for a segment's first.</summary>
    public string Previous { get; }

    /// <summary>The stored bytes, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>SHA-256 of <see cref="Encoded"/>, lower-case hexadecimal.</summary>
    public string Hash { get; }

    internal static JournalEntry Create(
        JournalPosition position, DateTimeOffset time, JournalCaller caller, JournalEvent journalEvent, string previous)
    {
        var record = new JournalRecord(position.Segment, position.Index, time, caller, journalEvent, previous);
        byte[] encoded = JsonSerializer.SerializeToUtf8Bytes(record, CoreJson.Readable.JournalRecord);
        return new JournalEntry(record, encoded, HashOf(encoded));
    }

    /// <summary>Reads an entry from its stored bytes.</summary>
    /// <param name="encoded">UTF-8 JSON; not to be changed afterwards.</param>
    /// <returns>The entry; its chain is not checked, see <see cref="JournalChain"/>.</returns>
    /// <exception cref="JsonException">The bytes are no entry.</exception>
    public static JournalEntry Decode(ReadOnlyMemory<byte> encoded)
    {
        JournalRecord record = Read(encoded.Span) ?? throw new JsonException("a journal entry is an object");
        if (record.Caller is null || record.Event is null || record.Previous is null)
            throw new JsonException("a journal entry has a caller, an event and the hash of the entry before it");
        if (record.Segment is < 1 or > JournalPosition.MaximumSegment || record.Index is < 1 or > JournalPosition.MaximumIndex)
            throw new JsonException("a journal entry lies outside of every segment");
        return new JournalEntry(record, encoded, HashOf(encoded.Span));
    }

    private static JournalRecord? Read(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return JsonSerializer.Deserialize(encoded, CoreJson.Default.JournalRecord);
        }
        catch (NotSupportedException error)
        {
            // What the serializer says of an event without its kind.
            throw new JsonException("a journal event has a kind", error);
        }
    }

    /// <summary>SHA-256 of stored bytes.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <returns>Lower-case hexadecimal.</returns>
    public static string HashOf(ReadOnlySpan<byte> encoded)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(encoded, hash);
        return Convert.ToHexStringLower(hash);
    }

    internal static DocumentKey KeyOf(JournalPosition position) =>
        new(PartitionOf(position.Segment), RowOf(position.Index));

    internal static JournalPosition PositionOf(DocumentKey key) => new(
        long.Parse(key.Partition.AsSpan(PartitionPrefix.Length), CultureInfo.InvariantCulture), int.Parse(key.Row, CultureInfo.InvariantCulture));

    internal static string PartitionOf(long segment) => $"{PartitionPrefix}{segment:D15}";

    internal static string RowOf(int index) => $"{index:D5}";
}
