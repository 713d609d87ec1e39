using SshFunctions.Azure.KeyVault;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Where a signing key is: a file of this machine, or Key Vault.</summary>
internal abstract record KeyLocation
{
    private KeyLocation()
    {
    }

    /// <summary>Reads a path, or what looks like a URL as <see cref="VaultKeyAddress.Rule"/>.</summary>
    public static Result<KeyLocation> Parse(string text)
    {
        Refusal? refusal;
        if (VaultKeyAddress.IsUrl(text))
            return VaultKeyAddress.Parse(text).Try(out VaultKeyAddress? address, out refusal) ? new Vault(address) : refusal;
        return SettingParsers.Path(text).Try(out string? path, out refusal) ? new KeyFile(path) : refusal;
    }

    /// <summary>A private key in OpenSSH's format, mode 0600.</summary>
    internal sealed record KeyFile(string Path) : KeyLocation;

    /// <summary>A key or a secret of Key Vault.</summary>
    internal sealed record Vault(VaultKeyAddress Address) : KeyLocation;
}
