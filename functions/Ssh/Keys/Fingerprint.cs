using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SshFunctions.Ssh.Keys;

/// <summary>The SHA-256 of a public key's wire form, the name by which people know a key.</summary>
/// <remarks>Text form <c>SHA256:</c> and 43 characters of base64 without padding, as ssh-keygen -l prints it.</remarks>
public readonly record struct Fingerprint
{
    private const string Prefix = "SHA256:";
    private const int Base64Length = 43; // 32 bytes without the one padding character

    private readonly string? _text;

    private Fingerprint(string text) => _text = text;

    /// <summary>Computes the fingerprint of a wire form.</summary>
    /// <param name="wire">A public key in wire form.</param>
    /// <returns>The fingerprint.</returns>
    public static Fingerprint Of(ReadOnlySpan<byte> wire)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(wire, hash);
        return FromHash(hash);
    }

    /// <summary>Wraps a hash already computed.</summary>
    /// <param name="hash">The SHA-256 of a wire form: 32 bytes.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static Fingerprint FromHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("A SHA-256 fingerprint has 32 bytes.", nameof(hash));
        return new Fingerprint(string.Concat(Prefix, Convert.ToBase64String(hash).AsSpan(0, Base64Length)));
    }

    /// <summary>Reads <c>SHA256:…</c>.</summary>
    /// <param name="text">The text, unpadded.</param>
    /// <returns>The fingerprint.</returns>
    /// <exception cref="FormatException">The text is no fingerprint; the message says why.</exception>
    public static Fingerprint Parse(string text) =>
        TryParse(text, out Fingerprint fingerprint, out string? reason) ? fingerprint : throw new FormatException(reason);

    /// <summary>Reads <c>SHA256:…</c>.</summary>
    /// <param name="text">The text, unpadded.</param>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <param name="reason">Why it is none: a sentence.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out Fingerprint fingerprint, [NotNullWhen(false)] out string? reason)
    {
        fingerprint = default;
        reason = "A fingerprint reads SHA256: and 43 characters of base64 without padding, as ssh-keygen -l prints it.";
        if (text is null || text.Length != Prefix.Length + Base64Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64Chars($"{text.AsSpan(Prefix.Length)}=", hash, out int written) || written != hash.Length)
            return false;

        fingerprint = FromHash(hash);
        if (fingerprint._text != text)
            return false; // the bits beyond the 32nd byte are not zero: another spelling of the same hash

        reason = null;
        return true;
    }

    /// <summary>The hash itself.</summary>
    /// <returns>32 bytes the caller owns.</returns>
    public byte[] ToHash() => Convert.FromBase64String($"{ToString().AsSpan(Prefix.Length)}=");

    /// <summary>The text form.</summary>
    /// <returns><c>SHA256:…</c>, unpadded.</returns>
    /// <exception cref="InvalidOperationException">It is the default value, which is no fingerprint.</exception>
    public override string ToString() => _text ?? throw new InvalidOperationException("This fingerprint was never set.");
}
