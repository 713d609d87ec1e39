namespace SshFunctions.Azure.KeyVault;

/// <param name="Alg">The algorithm's name in RFC 7518.</param>
/// <param name="Value">The digest, base64url.</param>
internal sealed record VaultSignOrder(string Alg, string Value);
