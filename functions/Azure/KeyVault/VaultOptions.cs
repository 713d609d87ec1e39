using Azure.Core.Pipeline;

namespace SshFunctions.Azure.KeyVault;

/// <summary>The bounds of what is asked of a vault, and for tests another way to it.</summary>
internal sealed record VaultOptions
{
    public static VaultOptions Default { get; } = new();

    /// <summary>The longest that one signature takes: a request waits for it.</summary>
    public TimeSpan SigningBudget { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that opening a key takes: a token, a list and a key, on a process that has just started.</summary>
    public TimeSpan OpeningBudget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many signatures a key gives; null for the limits of its type.</summary>
    public VaultRate? Rate { get; init; }

    /// <summary>The longest wait for a signature's turn; whoever would wait longer is told to come back.</summary>
    public TimeSpan LongestQueue { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How requests travel; null for the pipeline's own.</summary>
    public HttpPipelineTransport? Transport { get; init; }
}
