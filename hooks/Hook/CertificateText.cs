using SshFunctions.Ssh.Wire;

namespace SshFunctions.Hooks.Hook;

/// <summary>A certificate file as far as the warm path needs it.</summary>
internal static class CertificateText
{
    private const string KeyType = "ecdsa-sha2-nistp256-cert-v01@openssh.com";

    private static ReadOnlySpan<byte> SingleUse => "single-use@sshfunctions"u8;

    // Later than any date that can be told; "forever" and nonsense end here.
    private const ulong LastSecond = 253402300799;

    /// <summary>When a certificate over one of the hook's own keys holds; null when the text is no whole one.</summary>
    /// <remarks>
    /// By hand and not by SshCertificate: that checks the key's point and so loads libcrypto, which costs more than the rest of the
    /// warm path. Keys and signature were checked when the file was written. Source: draft-miller-ssh-cert, layout in wire order.
    /// </remarks>
    internal static Validity? ReadValidity(string text)
    {
        ReadOnlySpan<char> line = text.AsSpan().TrimEnd();
        int space = line.IndexOf(' ');
        if (space < 0 || !line[..space].SequenceEqual(KeyType))
            return null;
        byte[] wire = new byte[line.Length];
        if (!Convert.TryFromBase64Chars(line[(space + 1)..], wire, out int length))
            return null;

        //  string type, nonce, curve, point; uint64 serial; uint32 kind; string key id, principals; uint64 after, before
        //  string critical options, extensions, reserved, CA key, signature
        SshReader reader = new(wire.AsSpan(0, length));
        for (int field = 0; field < 4; field++)
            reader.ReadString("before the serial");
        reader.ReadUInt64("serial");
        reader.ReadUInt32("kind");
        reader.ReadString("key id");
        reader.ReadString("principals");
        ulong after = reader.ReadUInt64("valid after");
        ulong before = reader.ReadUInt64("valid before");
        reader.ReadString("critical options");
        bool isSingleUse = reader.ReadString("extensions").IndexOf(SingleUse) >= 0;
        for (int field = 0; field < 3; field++)
            reader.ReadString("after the extensions");
        reader.ReadEnd("certificate");
        return reader.Failed ? null : new Validity(Instant(after), Instant(before), isSingleUse);
    }

    private static DateTimeOffset Instant(ulong seconds) => DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(seconds, LastSecond));
}
