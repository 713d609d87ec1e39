using System.Buffers.Binary;

namespace SshFunctions.Support.Proofs;

/// <summary>What looks like a string of the SSH protocol: 32 bits of length, and so many bytes.</summary>
/// <param name="Start">Where the length stands.</param>
/// <param name="Length">What it says.</param>
/// <param name="Parent">The field around it; -1 for none.</param>
internal readonly record struct WireField(int Start, int Length, int Parent)
{
    private const int MaximumCount = 2048;
    private const int MaximumDepth = 6;

    public int Content => Start + sizeof(uint);

    public int End => Content + Length;

    /// <summary>Guesses the fields of a message. The format does not say where they are, but a length that fits is rarely one by chance.</summary>
    public static WireField[] Find(ReadOnlySpan<byte> message)
    {
        var fields = new List<WireField>();
        Find(message, 0, message.Length, -1, 0, fields);
        return [.. fields];
    }

    private static void Find(ReadOnlySpan<byte> message, int from, int to, int parent, int depth, List<WireField> fields)
    {
        for (int at = from; at + sizeof(uint) <= to && fields.Count < MaximumCount;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(message[at..]);
            if (length > to - at - sizeof(uint))
            {
                at++;
                continue;
            }

            var field = new WireField(at, (int)length, parent);
            fields.Add(field);
            if (depth < MaximumDepth && length > sizeof(uint)) Find(message, field.Content, field.End, fields.Count - 1, depth + 1, fields);
            at = field.End;
        }
    }
}
