namespace SshFunctions.Azure.KeyVault;

/// <param name="Kid">The version of the key that signed.</param>
/// <param name="Value">The signature, base64url: r and s, or PKCS#1 v1.5.</param>
internal sealed record VaultSignature(string? Kid, string? Value);
