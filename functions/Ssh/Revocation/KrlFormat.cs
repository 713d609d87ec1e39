namespace SshFunctions.Ssh.Revocation;

/// <summary>The numbers of PROTOCOL.krl.</summary>
internal static class KrlFormat
{
    public const ulong Magic = 0x5353484b524c0a00; // "SSHKRL\n\0"
    public const uint Version = 1;

    public const byte Certificates = 1;
    public const byte ExplicitKeys = 2;
    public const byte Sha1Fingerprints = 3;
    public const byte Signature = 4;
    public const byte Sha256Fingerprints = 5;
    public const byte Extension = 255;

    public const byte SerialList = 0x20;
    public const byte SerialRange = 0x21;
    public const byte SerialBitmap = 0x22;
    public const byte KeyIds = 0x23;
    public const byte CertificateExtension = 0x39;

    // A bitmap is an mpint, and OpenSSH reads none above 16,384 bits ("bignum is too large"; SSHBUF_MAX_BIGNUM in sshbuf.h): it
    // refuses the whole list, and so every login.
    public const int MaximumBitmapBits = 16_384;

    public static string ToSetKey(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}
