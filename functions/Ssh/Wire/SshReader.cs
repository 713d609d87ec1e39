using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace SshFunctions.Ssh.Wire;

/// <summary>Reads the data types of the SSH protocol from a span, without copying.</summary>
/// <remarks>
/// The first failure latches: every later read returns an empty value and the position stays where the failed read began, so a
/// parser reads all its fields and asks <see cref="Failed"/> once. Source: RFC 4251 section 5.
/// </remarks>
public ref struct SshReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _origin;
    private string? _field;
    private string? _problem;
    private int _failedAt;

    /// <summary>Reads from the start of a span.</summary>
    /// <param name="bytes">What to read; not copied.</param>
    /// <param name="origin">Offset of the span in the whole message, in bytes, so that a nested reader reports true offsets.</param>
    public SshReader(ReadOnlySpan<byte> bytes, int origin = 0)
    {
        _bytes = bytes;
        _origin = origin;
    }

    /// <summary>Bytes read so far; unchanged by a failed read.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Whether a read has failed.</summary>
    public readonly bool Failed => _field is not null;

    /// <summary>The failure as a sentence; null while nothing failed.</summary>
    public readonly string? Problem => ToException()?.Message;

    /// <summary>Reads one byte.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>The byte; 0 on failure.</returns>
    public byte ReadByte(string field) => Take(1, field) is [byte value] ? value : (byte)0;

    /// <summary>Reads a 32-bit unsigned number, big endian.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>The number; 0 on failure.</returns>
    public uint ReadUInt32(string field)
    {
        ReadOnlySpan<byte> bytes = Take(sizeof(uint), field);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Reads a 64-bit unsigned number, big endian.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>The number; 0 on failure.</returns>
    public ulong ReadUInt64(string field)
    {
        ReadOnlySpan<byte> bytes = Take(sizeof(ulong), field);
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Reads a fixed number of bytes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>A view of the bytes; empty on failure.</returns>
    public ReadOnlySpan<byte> ReadBytes(int count, string field) => Take(count, field);

    /// <summary>Reads a string: a 32-bit length, then so many bytes.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>A view of the content; empty on failure.</returns>
    public ReadOnlySpan<byte> ReadString(string field)
    {
        if (Failed)
            return default;

        ReadOnlySpan<byte> rest = _bytes[Position..];
        if (rest.Length < sizeof(uint))
            return Fail(field, "is cut off");

        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - sizeof(uint))
            return Fail(field, "claims more bytes than there are");

        Position += sizeof(uint) + (int)length;
        return rest.Slice(sizeof(uint), (int)length);
    }

    /// <summary>Reads a string that is text: valid UTF-8 without NUL.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>The text; empty on failure.</returns>
    public string ReadText(string field)
    {
        int start = Position;
        ReadOnlySpan<byte> bytes = ReadString(field);
        if (bytes.Contains((byte)0))
        {
            FailAt(start, field, "has a NUL in it");
            return string.Empty;
        }

        // Asked first, not caught: an exception costs a hundred times what the rest of a certificate does, and a client chooses the bytes.
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        FailAt(start, field, "is not valid UTF-8");
        return string.Empty;
    }

    /// <summary>Reads a multiple precision integer that is not negative and in its only canonical form.</summary>
    /// <param name="field">The field's name, for the failure.</param>
    /// <returns>The magnitude, big endian, without leading zeros; empty for zero and on failure.</returns>
    public ReadOnlySpan<byte> ReadMpint(string field)
    {
        int start = Position;
        ReadOnlySpan<byte> bytes = ReadString(field);
        if (bytes.IsEmpty)
            return default;
        if (bytes[0] >= 0x80)
            return FailAt(start, field, "is a negative number");
        if (bytes[0] != 0)
            return bytes;
        if (bytes.Length == 1 || bytes[1] < 0x80)
            return FailAt(start, field, "has superfluous leading zeros");
        return bytes[1..];
    }

    /// <summary>Fails unless everything has been read.</summary>
    /// <param name="field">What was read, for the failure.</param>
    public void ReadEnd(string field)
    {
        if (!Failed && Remaining > 0)
            Fail(field, $"is followed by {Remaining} bytes that do not belong to it");
    }

    /// <summary>Latches a failure found by the caller in a value just read, and goes back to where that value began.</summary>
    /// <param name="start">The position before the value was read.</param>
    /// <param name="field">The field that is wrong.</param>
    /// <param name="problem">What is wrong: a clause that follows the field's name.</param>
    /// <returns>An empty span, so that a read can fail in one expression.</returns>
    public ReadOnlySpan<byte> FailAt(int start, string field, string problem)
    {
        if (Failed)
            return default;
        Position = start;
        return Fail(field, problem);
    }

    /// <summary>Throws what failed, if anything did.</summary>
    /// <exception cref="SshFormatException">A read failed.</exception>
    public readonly void ThrowIfFailed()
    {
        if (ToException() is { } exception)
            throw exception;
    }

    /// <summary>The failure as an exception, not thrown; null while nothing failed.</summary>
    /// <returns>The exception, or null.</returns>
    public readonly SshFormatException? ToException() =>
        _field is null ? null : new SshFormatException(_field, _failedAt, _problem!);

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        if (Failed)
            return default;
        if (count > Remaining)
            return Fail(field, "is cut off");

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, count);
        Position += count;
        return taken;
    }

    private ReadOnlySpan<byte> Fail(string field, string problem)
    {
        _field = field;
        _problem = problem;
        _failedAt = _origin + Position;
        return default;
    }
}
