using System.Buffers;
using System.Buffers.Text;

namespace SshFunctions.Core.Callers.OpenId;

/// <summary>base64url as JWS has it: no padding, no white space, no spare bits.</summary>
/// <remarks>
/// <see cref="Base64Url"/> reads more than that. One value would then have several spellings, and one token several texts.
/// Source: RFC 7515, section 2.
/// </remarks>
internal static class CompactText
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Digits);

    /// <summary>The bytes; null when the text is empty or not strictly base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text) => IsStrict(text) ? Base64Url.DecodeFromChars(text) : null;

    private static bool IsStrict(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(Alphabet)) return false;
        int spare = (text.Length % 4) switch
        {
            0 => 0,
            2 => 0b1111,
            3 => 0b11,
            _ => -1,
        };
        return spare >= 0 && (Digits.IndexOf(text[^1], StringComparison.Ordinal) & spare) == 0;
    }
}
