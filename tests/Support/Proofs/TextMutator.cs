using System.Text;

namespace SshFunctions.Support.Proofs;

/// <summary>Makes texts that are almost right out of ones that are, word by word and sign by sign: JSON, lines, headers.</summary>
/// <remarks>Returns views of one buffer, valid until the next call. Not thread safe.</remarks>
public sealed class TextMutator
{
    private const int RoomBytes = 64 * 1024;

    // What parsers trip over: signs of many syntaxes, numbers at edges, bytes that are no UTF-8, characters that look like none or like others.
    private static readonly byte[][] Oddities =
    [
        .. new[]
        {
            "\uFEFF", "\0", "\r\n", "\n", "\r", "\t", " ", "\u00A0", "\u0085", "\u2028", "\u202E", "\u200B", "\u0660\u0661", "e\u0301", "İ", "ﬁ", "😀", "\"", "\\", "{", "}", "[", "]",
            ",", ":", ";", "#", "//", "/*", "'", "`", "$(", "${HOME}", "%", "%00", "%2f", "%s", "..", "../", "=", "==", "-", "--", "+", "|", "@", "*", "?", "!", "&", "<", ">", "~",
            "\\ud800", "\\udc00\\ud800", "\\u0000", "\\u0022", "\\x", "null", "true", "false", "NaN", "Infinity", "-1", "-0", "0", "00", "1e999", "1.5", "0x10",
            "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "99999999999999999999999999",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ];

    private readonly (byte[] Text, Range[] Words)[] _samples;
    private readonly byte[] _buffer;
    private int _length;

    /// <summary>Takes the texts to start from.</summary>
    /// <param name="samples">Texts that are right, in UTF-8.</param>
    public TextMutator(IEnumerable<byte[]> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        _samples = [.. samples.Select(sample => (sample, Words(sample)))];
        _buffer = new byte[_samples.Max(sample => sample.Text.Length) + RoomBytes];
    }

    /// <summary>Takes the texts to start from.</summary>
    /// <param name="samples">Texts that are right.</param>
    public TextMutator(params IEnumerable<string> samples)
        : this(samples.Select(Encoding.UTF8.GetBytes))
    {
    }

    /// <summary>Makes one; now and then a right one.</summary>
    /// <param name="chance">What decides.</param>
    /// <returns>The text, in what is mostly UTF-8; valid until the next call.</returns>
    public ReadOnlySpan<byte> Make(Chance chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        (byte[] text, Range[] words) = chance.Pick(_samples);
        text.CopyTo(_buffer, 0);
        _length = text.Length;
        if (chance.OneIn(50)) return _buffer.AsSpan(0, _length);
        bool isBuilt = words.Length > 0 && !chance.OneIn(4);
        if (isBuilt) ChangeWord(chance, text, words);
        for (int changes = chance.Below(3) + (isBuilt ? 0 : 1); changes > 0; changes--) ChangeBytes(chance);
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>An input as a caller's string: what is no UTF-8 becomes half of a surrogate pair, which no decoder makes, but a caller may hold.</summary>
    /// <param name="input">The input.</param>
    /// <returns>The string.</returns>
    public static string ToText(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input).Replace('\uFFFD', '\uD800');

    private void ChangeWord(Chance chance, byte[] text, Range[] words)
    {
        (int at, int length) = chance.Pick(words).GetOffsetAndLength(text.Length);
        ReadOnlySpan<byte> word = text.AsSpan(at, length);
        switch (chance.Below(7))
        {
            case 0:
                Splice(at, length, []);
                break;
            case 1:
                for (int times = chance.OneIn(100) ? chance.Below(1000) : 1; times > 0; times--) Splice(at, 0, word);
                break;
            case 2:
                Splice(at, length, chance.Pick(Oddities));
                break;
            case 3:
                (byte[] other, Range[] others) = chance.Pick(_samples);
                if (others.Length > 0) Splice(at, length, other.AsSpan(chance.Pick(others)));
                break;
            case 4:
                Splice(at, length, text.AsSpan(chance.Pick(words)));
                break;
            case 5:
                (byte[] tail, Range[] cuts) = chance.Pick(_samples);
                if (cuts.Length > 0) Splice(at, _length - at, tail.AsSpan(chance.Pick(cuts).Start..));
                break;
            default:
                Nest(chance, at);
                break;
        }
    }

    private void Nest(Chance chance, int at)
    {
        ReadOnlySpan<byte> level = chance.Below(4) switch { 0 => "{\"a\":"u8, 1 => "(("u8, _ => "["u8 };
        for (int depth = chance.OneIn(50) ? chance.Below(2000) : chance.Below(20); depth > 0; depth--) Splice(at, 0, level);
    }

    private void ChangeBytes(Chance chance)
    {
        int at = chance.Below(_length + 1);
        switch (chance.Below(5))
        {
            case 0 when at < _length:
                _buffer[at] ^= (byte)(1 << chance.Below(8));
                break;
            case 1:
                _length = at;
                break;
            case 2:
                Splice(at, Math.Min(chance.Below(8), _length - at), []);
                break;
            default:
                Splice(at, 0, chance.Pick(Oddities));
                break;
        }
    }

    private void Splice(int at, int count, ReadOnlySpan<byte> with)
    {
        if (_length - count + with.Length > _buffer.Length) return;
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at + with.Length));
        with.CopyTo(_buffer.AsSpan(at));
        _length += with.Length - count;
    }

    // A word is letters and digits side by side, or one sign.
    private static Range[] Words(byte[] text)
    {
        var words = new List<Range>();
        for (int at = 0; at < text.Length;)
        {
            int end = at + 1;
            while (IsLetter(text[at]) && end < text.Length && IsLetter(text[end])) end++;
            words.Add(at..end);
            at = end;
        }

        return [.. words];
    }

    private static bool IsLetter(byte unit) => unit >= 0x80 || unit == '_' || char.IsAsciiLetterOrDigit((char)unit);
}
