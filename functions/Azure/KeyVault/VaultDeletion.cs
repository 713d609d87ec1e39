namespace SshFunctions.Azure.KeyVault;

/// <param name="RecoveryId">Where a vault with soft delete keeps it.</param>
internal sealed record VaultDeletion(string? RecoveryId);
