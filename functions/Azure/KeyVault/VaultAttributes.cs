namespace SshFunctions.Azure.KeyVault;

/// <summary>When a version may be used. Instants are seconds since 1970.</summary>
internal sealed record VaultAttributes(bool? Enabled, long? Nbf, long? Exp, long? Created)
{
    /// <summary>Why it may not be used now; null when it may.</summary>
    public string? FaultAt(DateTimeOffset now)
    {
        long seconds = now.ToUnixTimeSeconds();
        if (Enabled == false) return "is disabled";
        if (Nbf > seconds) return $"is not valid before second {Nbf} since 1970";
        return Exp <= seconds ? $"expired at second {Exp} since 1970" : null;
    }
}
