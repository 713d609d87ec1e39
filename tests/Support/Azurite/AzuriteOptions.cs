namespace SshFunctions.Support.Azurite;

/// <summary>How Azurite is started.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The services.</summary>
    public AzuriteServices Services { get; init; } = AzuriteServices.Tables | AzuriteServices.Queues;

    /// <summary>Where it keeps what it holds, so that a next start finds it; null for memory.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it listens with TLS and takes an identity's token beside the account's key; see <see cref="AzuriteToken"/>.</summary>
    public bool TakesTokens { get; init; }
}
