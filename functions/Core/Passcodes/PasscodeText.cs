using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>How a passcode is made, read from what somebody typed, and hashed.</summary>
/// <remarks>
/// Twelve symbols of Crockford's base 32 alphabet, 60 random bits, which has no letter that is taken for a digit. Of a passcode only the
/// hash is kept: SHA-256 over a text of this use, the resource and the symbols, so that one hash serves one resource and nothing else.
/// Source: Crockford, "Base 32".
/// </remarks>
public static class PasscodeText
{
    /// <summary>Symbols without separators.</summary>
    public const int SymbolCount = 12;

    // Nobody types more around twelve symbols; a longer text is a password of another kind.
    private const int MaximumTypedLength = 64;
    private const int GroupLength = 4;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const string Domain = "sshfn passcode 1";
    private static readonly SearchValues<char> Symbols = SearchValues.Create(Alphabet);

    /// <summary>Makes a passcode.</summary>
    /// <returns><c>xxxx-xxxx-xxxx</c>, lower case.</returns>
    public static Secret Generate()
    {
        string symbols = RandomNumberGenerator.GetString(Alphabet, SymbolCount);
        return Secret.Of(string.Join('-', symbols.Chunk(GroupLength).Select(group => new string(group))));
    }

    /// <summary>The hash by which a passcode is found.</summary>
    /// <param name="resource">What it is for.</param>
    /// <param name="typed">What was typed: case, spaces and <c>-</c> don't matter; <c>o</c> is 0, <c>i</c> and <c>l</c> are 1.</param>
    /// <param name="hash">43 characters of base64url.</param>
    /// <returns>Whether it has the form of a passcode.</returns>
    public static bool TryHash(ResourcePath resource, Secret typed, [NotNullWhen(true)] out string? hash)
    {
        ArgumentNullException.ThrowIfNull(typed);
        hash = null;
        Span<char> symbols = stackalloc char[SymbolCount];
        if (!TryRead(typed.Reveal(), symbols)) return false;
        byte[] preimage = Encoding.UTF8.GetBytes($"{Domain}\0{resource}\0{symbols}");
        hash = Base64Url.EncodeToString(SHA256.HashData(preimage));
        CryptographicOperations.ZeroMemory(preimage);
        symbols.Clear();
        return true;
    }

    private static bool TryRead(ReadOnlySpan<char> typed, Span<char> symbols)
    {
        if (typed.Length > MaximumTypedLength) return false;
        int count = 0;
        foreach (char unit in typed)
        {
            if (unit is ' ' or '-') continue;
            char symbol = SymbolOf(unit);
            if (count == symbols.Length || !Symbols.Contains(symbol)) return false;
            symbols[count++] = symbol;
        }

        return count == symbols.Length;
    }

    private static char SymbolOf(char unit) => unit switch
    {
        'o' or 'O' => '0',
        'i' or 'I' or 'l' or 'L' => '1',
        >= 'A' and <= 'Z' => (char)(unit | 0x20),
        _ => unit,
    };
}
