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
        entry = default;
        long segment = 0;
        int index = 0;
        ReadOnlySpan<byte> previous = default;
        try
        {
            Utf8JsonReader reader = new(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // A member that stands twice would let two readers see two entries.
                if (reader.ValueTextEquals("segment"u8))
                {
                    if (segment != 0 || !reader.Read() || !reader.TryGetInt64(out segment))
                        return false;
                }
                else if (reader.ValueTextEquals("index"u8))
                {
                    if (index != 0 || !reader.Read() || !reader.TryGetInt32(out index))
                        return false;
                }
                else if (reader.ValueTextEquals("previous"u8))
                {
                    if (!previous.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.String)
                        return false;
                    previous = reader.ValueSpan;
                }
                else
                {
                    reader.Skip();
                }
            }

            // To the end, so that nothing stands behind the object.
            while (reader.Read())
                return false;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }

        entry = new EntryLine(segment, index, previous);
        return segment is >= 1 and < 1L << 47 && index is >= 1 and <= 65_535 && previous.Length == 64;
    }
}
