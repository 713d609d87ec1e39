using System.Buffers;

namespace SshFunctions.Core.Ports;

/// <summary>Where a document lies.</summary>
/// <remarks>
/// Partition and row are 1 to <see cref="StoreLimits.MaximumKeyLength"/> printable ASCII characters, none of <c>/ \ # ? %</c> and no
/// space: what Azure Tables takes unescaped. <see cref="Segment"/> makes any text fit.
/// </remarks>
public readonly record struct DocumentKey
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!@$&'()*+,;=:|^");

    /// <summary>Names a document.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="row">The row in it.</param>
    /// <exception cref="ArgumentException">A part is empty, too long or holds a character that no backend need take.</exception>
    public DocumentKey(string partition, string row)
    {
        Partition = CheckPart(partition, nameof(partition));
        Row = CheckPart(row, nameof(row));
    }

    /// <summary>The partition: the unit of atomic commits.</summary>
    public string Partition { get; }

    /// <summary>The row; rows of a partition are listed in ordinal order.</summary>
    public string Row { get; }

    /// <summary>Encodes free text as one segment of a partition or row, so that two texts never share an encoding.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Letters, digits and <c>- . @ _</c> as they are, every other UTF-8 byte as <c>~hh</c>.</returns>
    public static string Segment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text;
        var encoded = new System.Text.StringBuilder(text.Length + 16);
        foreach (byte unit in System.Text.Encoding.UTF8.GetBytes(text))
        {
            if (unit < 0x80 && Plain.Contains((char)unit)) encoded.Append((char)unit);
            else encoded.Append('~').Append(Convert.ToHexStringLower([unit]));
        }

        return encoded.ToString();
    }

    /// <summary>Encodes free text as one bounded segment, so that long names leave room for the rest of a key.</summary>
    /// <param name="text">Any text.</param>
    /// <returns><see cref="Segment"/>, or <c>~~</c> and the text's SHA-256 where that is longer than 120 characters.</returns>
    public static string ShortSegment(string text)
    {
        string segment = Segment(text);
        return segment.Length <= 120
            ? segment
            : "~~" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.@");

    /// <summary>Whether a text can be one part of a key.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Whether <see cref="CheckPart"/> takes it.</returns>
    public static bool IsPart(string text) =>
        text is { Length: > 0 and <= StoreLimits.MaximumKeyLength } && !text.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>Checks one part of a key.</summary>
    /// <param name="part">Partition or row.</param>
    /// <param name="name">Named in the exception.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">It is empty, too long or holds a character that no backend need take.</exception>
    public static string CheckPart(string part, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, name);
        if (part.Length > StoreLimits.MaximumKeyLength)
            throw new ArgumentException($"longer than {StoreLimits.MaximumKeyLength} characters", name);
        if (part.AsSpan().ContainsAnyExcept(Allowed))
            throw new ArgumentException("holds a character outside the key alphabet; see DocumentKey.Segment", name);
        return part;
    }
}
