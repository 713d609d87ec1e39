namespace SshFunctions.Ssh.Keys;

/// <summary>Recognises private keys in text, so that one pasted by mistake is refused and never stored.</summary>
public static partial class PrivateKeyText
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
            || text.Contains("openssh-key-v1", StringComparison.Ordinal)
            || text.Contains("b3BlbnNzaC1rZXktdjE", StringComparison.Ordinal); // the same in base64, its header cut off
    }
}
