using System.Text.Json;

namespace SshFunctions.Hooks.Audit;

/// <summary>What the chain needs of an entry's bytes: its place, and the hash of the entry before it.</summary>
internal readonly ref struct EntryLine
{
    private EntryLine(long segment, int index, ReadOnlySpan<byte> previous)
    {
        Segment = segment;
        Index = index;
        Previous = previous;
    }

    internal long Segment { get; }

    internal int Index { get; }

    /// <summary>64 hexadecimal digits, as they stand in the line.</summary>
    internal ReadOnlySpan<byte> Previous { get; }

    /// <summary>Reads a line; false when it is no entry.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> line, out EntryLine entry)
    {
        try
        {
            return TryRead(new Utf8JsonReader(line), out entry);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            entry = default;
            return false;
        }
    }

    private static bool TryRead(Utf8JsonReader reader, out EntryLine entry)
    {
        entry = default;
        long segment = 0;
        int index = 0;
        ReadOnlySpan<byte> previous = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A member that stands twice would let two readers see two entries.
            bool good = true;
            if (reader.ValueTextEquals("segment"u8))
                good = segment == 0 && reader.Read() && reader.TryGetInt64(out segment);
            else if (reader.ValueTextEquals("index"u8))
                good = index == 0 && reader.Read() && reader.TryGetInt32(out index);
            else if (!reader.ValueTextEquals("previous"u8))
                reader.Skip();
            else if (previous.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.String)
                previous = reader.ValueSpan;
            else
                return false;
            if (!good)
                return false;
        }

        // To the end, so that nothing stands behind the object.
        if (reader.Read())
            return false;
        entry = new EntryLine(segment, index, previous);
        return segment is >= 1 and < 1L << 47 && index is >= 1 and <= 65_535 && previous.Length == 64;
    }
}
