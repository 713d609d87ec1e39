using System.Buffers.Binary;

namespace SshFunctions.Support.Proofs;

/// <summary>Makes messages that are almost right out of ones that are: it knows strings with a length before them, and how they lie in each other.</summary>
/// <remarks>Returns views of one buffer, valid until the next call, so that millions of cases cost no memory. Not thread safe.</remarks>
public sealed class WireMutator
{
    private static readonly uint[] Boundaries =
        [0, 1, 2, 3, 4, 7, 8, 31, 32, 33, 0x7F, 0x80, 0xFF, 0x100, 0x101, 0x3FFF, 0x4000, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFB, 0xFFFFFFFC, 0xFFFFFFFF];

    private readonly (byte[] Bytes, WireField[] Fields)[] _samples;
    private readonly byte[] _buffer;
    private int _length;

    /// <summary>Takes the messages to start from.</summary>
    /// <param name="samples">Messages that are right.</param>
    public WireMutator(IEnumerable<byte[]> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        _samples = [.. samples.Select(sample => (sample, WireField.Find(sample)))];
        _buffer = new byte[(_samples.Max(sample => sample.Bytes.Length) * 3) + 4096];
    }

    /// <summary>Makes one; now and then a right one.</summary>
    /// <param name="chance">What decides.</param>
    /// <returns>The message; valid until the next call.</returns>
    public ReadOnlySpan<byte> Make(Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        (byte[] bytes, WireField[] fields) = chance.Pick(_samples);
        bytes.CopyTo(_buffer, 0);
        _length = bytes.Length;
        if (chance.OneIn(50)) return _buffer.AsSpan(0, _length);
        bool isBuilt = fields.Length > 0 && !chance.OneIn(4);
        if (isBuilt) ChangeField(chance, bytes, fields);
        for (int changes = chance.Below(3) + (isBuilt ? 0 : 1); changes > 0; changes--) ChangeBytes(chance);
        return _buffer.AsSpan(0, _length);
    }

    private void ChangeField(Chance chance, byte[] sample, WireField[] fields)
    {
        int index = chance.Below(fields.Length);
        WireField field = fields[index];
        ReadOnlySpan<byte> content = sample.AsSpan(field.Content, field.Length);
        switch (chance.Below(9))
        {
            case 0:
                Write(field.Start, chance.Pick(Boundaries));
                break;
            case 1:
                Write(field.Start, unchecked((uint)(field.Length + chance.Below(9) - 4)));
                break;
            case 2:
                (byte[] other, WireField[] others) = chance.Pick(_samples);
                if (others.Length == 0) return;
                WireField taken = chance.Pick(others);
                Replace(chance, fields, index, other.AsSpan(taken.Content, taken.Length));
                break;
            case 3:
                Span<byte> random = stackalloc byte[chance.Below(80)];
                chance.Fill(random);
                Replace(chance, fields, index, random);
                break;
            case 4:
                Splice(chance, fields, field.Parent, field.End, 0, sample.AsSpan(field.Start, field.End - field.Start));
                break;
            case 5:
                Splice(chance, fields, field.Parent, field.Start, field.End - field.Start, []);
                break;
            case 6:
                Replace(chance, fields, index, content[..chance.Below(field.Length)]);
                break;
            case 7:
                Replace(chance, fields, index, [.. content, .. content]);
                break;
            default:
                Span<byte> number = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64BigEndian(number, chance.OneIn(2) ? chance.Pick(Boundaries) : ulong.MaxValue - (ulong)chance.Below(3));
                Replace(chance, fields, index, chance.OneIn(2) ? number : number[4..]);
                break;
        }
    }

    private void ChangeBytes(Chance chance)
    {
        int at = chance.Below(_length);
        switch (chance.Below(6))
        {
            case 0 when _length > 0:
                _buffer[at] ^= (byte)(1 << chance.Below(8));
                break;
            case 1 when _length > 0:
                _buffer[at] = unchecked((byte)chance.Next());
                break;
            case 2:
                Write(at, chance.Pick(Boundaries));
                break;
            case 3:
                _length = at;
                break;
            case 4:
                Splice(at, Math.Min(chance.Below(8), _length - at), []);
                break;
            default:
                Span<byte> random = stackalloc byte[chance.Below(8)];
                chance.Fill(random);
                Splice(at, 0, random);
                break;
        }
    }

    // Mostly the length follows the content, and those around it follow too: else no reader would get past the first of them.
    private void Replace(Chance chance, WireField[] fields, int index, ReadOnlySpan<byte> content)
    {
        WireField field = fields[index];
        if (!chance.OneIn(8)) Write(field.Start, (uint)content.Length);
        Splice(chance, fields, field.Parent, field.Content, field.Length, content);
    }

    private void Splice(Chance chance, WireField[] fields, int parent, int at, int count, ReadOnlySpan<byte> with)
    {
        if (!chance.OneIn(8))
            for (int around = parent; around >= 0; around = fields[around].Parent) Write(fields[around].Start, unchecked((uint)(fields[around].Length + with.Length - count)));
        Splice(at, count, with);
    }

    private void Splice(int at, int count, ReadOnlySpan<byte> with)
    {
        if (_length - count + with.Length > _buffer.Length) return;
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at + with.Length));
        with.CopyTo(_buffer.AsSpan(at));
        _length += with.Length - count;
    }

    private void Write(int at, uint number)
    {
        if (at + sizeof(uint) <= _length) BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(at), number);
    }
}
