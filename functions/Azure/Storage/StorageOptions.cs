using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>What tests set about how storage is reached.</summary>
internal sealed record StorageOptions
{
    public static StorageOptions Default { get; } = new();

    public StoragePatience Patience { get; init; } = StoragePatience.Default;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Carries the requests; null for the one that all clients of the process share.</summary>
    public HttpPipelineTransport? Transport { get; init; }
}
