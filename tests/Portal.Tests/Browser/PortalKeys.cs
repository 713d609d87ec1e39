using SshFunctions.Ssh.Keys;

namespace SshFunctions.Portal.Tests.Browser;

/// <summary>Keys that are made for one run.</summary>
internal static class PortalKeys
{
    public static string Host { get; } = New();

    /// <summary>A new public key, as a line of a .pub file.</summary>
    public static string New()
    {
        using var key = SshPrivateKey.GenerateEcdsa(256);
        return key.PublicKey.ToText();
    }
}
