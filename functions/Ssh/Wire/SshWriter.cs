using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SshFunctions.Ssh.Wire;

/// <summary>Writes the data types of the SSH protocol into a buffer that grows.</summary>
/// <remarks>Disposing it, and every growth, overwrites the bytes given up, so it may hold secrets. Not thread safe. Source: RFC 4251 section 5.</remarks>
public sealed class SshWriter : IDisposable
{
    private byte[] _buffer;

    /// <summary>Starts empty.</summary>
    /// <param name="capacity">Bytes to make room for; a good guess saves the copies of growing.</param>
    public SshWriter(int capacity = 256) => _buffer = new byte[capacity];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Writes one byte.</summary>
    /// <param name="value">The byte.</param>
    public void WriteByte(byte value) => Reserve(1)[0] = value;

    /// <summary>Writes a 32-bit number, big endian.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(sizeof(uint)), value);

    /// <summary>Writes a 64-bit number, big endian.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(sizeof(ulong)), value);

    /// <summary>Writes bytes as they are, without a length.</summary>
    /// <param name="bytes">The bytes.</param>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Writes a string: its length in 32 bits, then its bytes.</summary>
    /// <param name="bytes">The content.</param>
    public void WriteString(ReadOnlySpan<byte> bytes)
    {
        WriteUInt32((uint)bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>Writes a string of text in UTF-8.</summary>
    /// <param name="text">The content.</param>
    public void WriteString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int count = Encoding.UTF8.GetByteCount(text);
        WriteUInt32((uint)count);
        Encoding.UTF8.GetBytes(text, Reserve(count));
    }

    /// <summary>Writes a number that is not negative as a multiple precision integer.</summary>
    /// <param name="magnitude">Big endian; leading zeros are dropped.</param>
    public void WriteMpint(ReadOnlySpan<byte> magnitude)
    {
        magnitude = magnitude.TrimStart((byte)0);
        bool looksNegative = !magnitude.IsEmpty && magnitude[0] >= 0x80;
        WriteUInt32((uint)(magnitude.Length + (looksNegative ? 1 : 0)));
        if (looksNegative)
            WriteByte(0);
        WriteBytes(magnitude);
    }

    /// <summary>Begins a string whose content is written next; ends with <see cref="EndString"/>.</summary>
    /// <returns>The mark that ends it.</returns>
    public int BeginString()
    {
        WriteUInt32(0);
        return Length;
    }

    /// <summary>Ends a string and fills in its length.</summary>
    /// <param name="mark">What <see cref="BeginString"/> returned.</param>
    public void EndString(int mark) =>
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(mark - sizeof(uint)), (uint)(Length - mark));

    /// <summary>Copies what was written.</summary>
    /// <returns>A new array the caller owns.</returns>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Overwrites everything written and starts empty again.</summary>
    public void Wipe()
    {
        CryptographicOperations.ZeroMemory(_buffer);
        Length = 0;
    }

    /// <summary>Overwrites everything written.</summary>
    public void Dispose() => Wipe();

    private Span<byte> Reserve(int count)
    {
        if (count > _buffer.Length - Length)
            Grow(count);
        Span<byte> reserved = _buffer.AsSpan(Length, count);
        Length += count;
        return reserved;
    }

    private void Grow(int count)
    {
        byte[] larger = new byte[Math.Max(Length + count, Math.Min(_buffer.Length * 2L, Array.MaxLength))];
        Written.CopyTo(larger);
        CryptographicOperations.ZeroMemory(_buffer);
        _buffer = larger;
    }
}
