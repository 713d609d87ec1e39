using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using SshFunctions.Ssh.Wire;

namespace SshFunctions.Ssh.Keys;

/// <summary>Recognises private keys in text, so that one pasted by mistake is refused and never stored.</summary>
public static class PrivateKeyText
{
    /// <summary>Whether a private key is anywhere in the text.</summary>
    /// <param name="text">Any text, of any length.</param>
    /// <returns>True for OpenSSH, PEM (PKCS#1, SEC1, PKCS#8, encrypted or not, DSA) and PuTTY keys.</returns>
    /// <remarks>Says yes on the header alone: half a private key is still a leak.</remarks>
    public static bool LooksPrivate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("PRIVATE KEY-----", StringComparison.OrdinalIgnoreCase)
            || text.Contains("BEGIN SSH2 ENCRYPTED PRIVATE KEY", StringComparison.OrdinalIgnoreCase)
            || text.Contains("PuTTY-User-Key-File-", StringComparison.OrdinalIgnoreCase)
            || text.Contains("Private-Lines:", StringComparison.OrdinalIgnoreCase) // the same, its first line cut off
            || text.Contains("openssh-key-v1", StringComparison.Ordinal)
            || text.Contains("b3BlbnNzaC1rZXktdjE", StringComparison.Ordinal); // the same in base64, its header cut off
    }

    /// <summary>Finds the public half of a private key in the text, so that the key can be revoked.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The public half.</param>
    /// <returns>Whether it could be found: OpenSSH and PuTTY files hold it even when encrypted, PEM files only in the clear.</returns>
    /// <remarks>Best effort: it never throws, and a false answer says nothing about the text.</remarks>
    public static bool TryGetPublicHalf(string text, [NotNullWhen(true)] out SshPublicKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        string lines = text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal);
        key = FromOpenSsh(lines) ?? FromPutty(lines) ?? FromPem(lines);
        return key is not null;
    }

    /// <summary>Whether the text holds the private half of a key: it signs, and the key verifies it.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="key">The public half, as <see cref="TryGetPublicHalf"/> finds it in the clear, where anybody can write what they like.</param>
    /// <returns>True for OpenSSH files without a passphrase alone; a false answer says nothing about the text.</returns>
    public static bool Proves(string text, SshPublicKey key)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(key);
        string lines = text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal);
        if (!PemEncoding.TryFind(lines, out PemFields fields)) return false;
        byte[] file = System.Text.Encoding.ASCII.GetBytes(lines[fields.Location] + "\n");
        try
        {
            using SshPrivateKey half = OpenSshPrivateKey.Parse(file);
            return half.PublicKey.Equals(key) && key.Verify(Probe, half.Sign(Probe));
        }
        catch (Exception exception) when (exception is SshFormatException or CryptographicException)
        {
            return false; // another format, a passphrase, damaged, or two halves that don't belong together
        }
        finally
        {
            CryptographicOperations.ZeroMemory(file);
        }
    }

    private static ReadOnlySpan<byte> Probe => "one key has two halves"u8;

    //  byte[15]  "openssh-key-v1" and NUL
    //  string    cipher
    //  string    key derivation
    //  string    its options
    //  uint32    number of keys
    //  string    public key, in the clear
    private static SshPublicKey? FromOpenSsh(string text)
    {
        int start = text.IndexOf("b3BlbnNzaC1rZXktdjE", StringComparison.Ordinal);
        if (start < 0)
            return null;

        byte[] content = DecodePrefix(text.AsSpan(start));
        var reader = new SshReader(content);
        reader.ReadBytes(OpenSshPrivateKey.Magic.Length, "magic");
        reader.ReadString("cipher");
        reader.ReadString("key derivation");
        reader.ReadString("key derivation options");
        reader.ReadUInt32("number of keys");
        byte[] publicKey = reader.ReadString("public key").ToArray();
        CryptographicOperations.ZeroMemory(content);
        return SshPublicKey.TryFromWire(publicKey, out SshPublicKey? key, out _) ? key : null;
    }

    // PuTTY: "Public-Lines: N", then N lines of base64.
    private static SshPublicKey? FromPutty(string text)
    {
        const string Header = "Public-Lines:";
        int start = text.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;

        string[] lines = text[(start + Header.Length)..].Split('\n');
        if (!int.TryParse(lines[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int count)
            || count < 1 || count >= lines.Length)
            return null;
        byte[] wire = DecodePrefix(string.Concat(lines[1..(count + 1)]));
        return SshPublicKey.TryFromWire(wire, out SshPublicKey? key, out _) ? key : null;
    }

    private static SshPublicKey? FromPem(string text)
    {
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            ReadOnlySpan<char> pem = rest[fields.Location];
            if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal) && FromPemBlock(pem, rest[fields.Base64Data]) is { } key)
                return key;
            rest = rest[fields.Location.End..];
        }

        return null;
    }

    private static SshPublicKey? FromPemBlock(ReadOnlySpan<char> pem, ReadOnlySpan<char> base64)
    {
        // RFC 8410 section 7: a PKCS#8 Ed25519 key is these bytes and the seed. The platform does not import it.
        ReadOnlySpan<byte> ed25519 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
        byte[] der = DecodePrefix(base64);
        try
        {
            if (der.AsSpan().StartsWith(ed25519) && der.Length == ed25519.Length + Ed25519.SeedBytes && Ed25519.IsSupported)
                return SshPublicKey.FromEd25519(Ed25519.PublicKeyOf(der.AsSpan(ed25519.Length)));
            return FromPlatform(pem, RSA.Create, SshPublicKey.FromRsa) ?? FromPlatform(pem, ECDsa.Create, SshPublicKey.FromEcdsa);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    private static SshPublicKey? FromPlatform<T>(ReadOnlySpan<char> pem, Func<T> create, Func<T, SshPublicKey> convert)
        where T : AsymmetricAlgorithm
    {
        using T key = create();
        try
        {
            key.ImportFromPem(pem);
            return convert(key);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException or FormatException or NotSupportedException)
        {
            return null; // encrypted, another algorithm, or damaged
        }
    }

    // Decodes base64 up to the first character that is none, ignoring line breaks.
    private static byte[] DecodePrefix(ReadOnlySpan<char> text)
    {
        var base64 = new System.Text.StringBuilder();
        foreach (char character in text)
        {
            if (character is '\n' or ' ')
                continue;
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '/'))
                break;
            base64.Append(character);
        }

        string whole = base64.ToString();
        whole = whole.Length % 4 == 1 ? whole[..^1] : whole;
        return Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='));
    }
}
