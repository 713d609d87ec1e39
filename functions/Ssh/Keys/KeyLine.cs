using System.Diagnostics.CodeAnalysis;
using SshFunctions.Ssh.Keys.Algorithms;

namespace SshFunctions.Ssh.Keys;

/// <summary>The line that public keys and certificates share: <c>type base64 [comment]</c>.</summary>
internal readonly ref struct KeyLine
{
    public const string WhyNotDsa =
        "DSA is limited to 1024 bits and SHA-1 and OpenSSH has dropped it; make a new key with: ssh-keygen -t ed25519";

    // Longest that is looked at: a certificate with 256 principals of 255 characters and an RSA-16384 key stays under it.
    private const int MaximumCharacters = 128 * 1024;

    private KeyLine(ReadOnlySpan<char> type, byte[] blob)
    {
        Type = type;
        Blob = blob;
    }

    public ReadOnlySpan<char> Type { get; }

    public byte[] Blob { get; }

    public static bool IsDsa(ReadOnlySpan<char> type) => type is "ssh-dss" or "ssh-dss-cert-v01@openssh.com";

    public static bool TryRead(string? line, out KeyLine read, [NotNullWhen(false)] out string? reason)
    {
        read = default;
        reason = FindUnreadable(line);
        if (reason is not null)
            return false;

        ReadOnlySpan<char> rest = line.AsSpan().Trim(' ');
        int space = rest.IndexOf(' ');
        ReadOnlySpan<char> type = space < 0 ? rest : rest[..space];
        if (KeyAlgorithm.Find(type) is null && KeyAlgorithm.FindCertificate(type) is null)
        {
            reason = ExplainType(line!, type);
            return false;
        }

        rest = space < 0 ? default : rest[space..].TrimStart(' ');
        space = rest.IndexOf(' ');
        ReadOnlySpan<char> base64 = space < 0 ? rest : rest[..space];
        if (!TryDecode(base64, out byte[]? blob))
        {
            reason = base64.IsEmpty
                ? $"There is nothing after {type}; the key itself is missing."
                : "The second word is not base64; the key may have been cut off or changed when it was copied.";
            return false;
        }

        read = new KeyLine(type, blob);
        return true;
    }

    /// <summary>Says why a word is not the type of a plain public key, as a sentence.</summary>
    public static string ExplainType(string line, ReadOnlySpan<char> type)
    {
        if (IsDsa(type))
            return $"This is an ssh-dss key: {WhyNotDsa}.";
        if (KeyAlgorithm.FindCertificate(type) is not null)
            return "This is a certificate; give the plain public key it was made for.";
        if (KeyAlgorithm.Find(type) is not null)
            return "This is a plain public key, not a certificate.";
        foreach (string word in line.Split(' '))
        {
            if (KeyAlgorithm.Find(word) is not null)
                return $"There is something before {word}; give the line of a .pub file, without options.";
        }

        return $"The line does not begin with a key type that is supported: {KeyAlgorithm.Names}.";
    }

    private static string? FindUnreadable(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return "The key is empty; give the line of a .pub file.";
        if (line.Length > MaximumCharacters)
            return $"The key has {line.Length} characters, more than any key needs.";
        if (PrivateKeyText.LooksPrivate(line))
            return "This is a private key, which must stay where it was made; give its public half, the .pub file.";
        foreach (char character in line)
        {
            if (character is '\n' or '\r' or '\u2028' or '\u2029')
                return "There is a line break in the key; give exactly one line, without its line break.";
            if (char.IsControl(character))
                return "There is a control character in the key; give the line of a .pub file as ssh-keygen wrote it.";
        }

        return null;
    }

    // Only the one canonical spelling: no white space, no bits left over, padding as it must be.
    private static bool TryDecode(ReadOnlySpan<char> base64, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (base64.IsEmpty || base64.Length % 4 != 0)
            return false;

        byte[] buffer = new byte[base64.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(base64, buffer, out int count) || (count + 2) / 3 * 4 != base64.Length)
            return false;

        bytes = count == buffer.Length ? buffer : buffer[..count];
        return base64[^4..].SequenceEqual(Convert.ToBase64String(bytes.AsSpan((count - 1) / 3 * 3)));
    }
}
