namespace SshFunctions.Azure.KeyVault;

/// <summary>What a vault says of a failure; only its codes are read.</summary>
internal sealed record VaultErrorAnswer(VaultErrorAnswer.Detail? Error)
{
    internal sealed record Detail(string? Code, Detail? Innererror);
}
