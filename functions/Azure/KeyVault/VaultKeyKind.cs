namespace SshFunctions.Azure.KeyVault;

/// <summary>How Key Vault holds a signing key.</summary>
public enum VaultKeyKind
{
    /// <summary>As a key: it never leaves, the vault signs.</summary>
    Key,

    /// <summary>As a secret: an OpenSSH private key, which the broker takes into its memory.</summary>
    Secret,
}
