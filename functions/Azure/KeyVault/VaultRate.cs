namespace SshFunctions.Azure.KeyVault;

/// <summary>How often a key signs.</summary>
/// <param name="SignaturesPerTenSeconds">The vault's limit, which all its keys and all brokers share.</param>
/// <remarks>Source: Key Vault service limits, transactions per 10 seconds, per vault and region.</remarks>
internal readonly record struct VaultRate(int SignaturesPerTenSeconds)
{
    // We stay a fifth below: a burst of a second on top of the steady rate is still within the limit, and 429 costs the vault nothing.
    private const double Share = 0.8;

    /// <summary>The steady distance of two signatures.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(10 / (SignaturesPerTenSeconds * Share));

    public static VaultRate ForEcdsa(bool hsm) => new(hsm ? 2000 : 4000);

    public static VaultRate ForRsa(int bits, bool hsm) => bits > 3072 ? new(hsm ? 250 : 500) : new(hsm ? 500 : 1000);
}
