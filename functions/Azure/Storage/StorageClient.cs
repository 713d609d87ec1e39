using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>One service of a storage account.</summary>
/// <remarks>
/// Only so many requests are on their way at once; others wait their turn here, where the time of a try has not begun. Else a thousand
/// calls at once would each run out of time while they wait for a connection, and storage would do for nobody what it does.
/// </remarks>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing to release.
internal sealed class StorageClient(HttpPipeline pipeline, StorageOptions options)
#pragma warning restore CA1001
{
    // Azure.Core's transport has 50 connections to a server. At 10 ms a request these are 3,200 a second, beyond what a partition takes.
    private const int MaximumRequestCount = 32;
    private readonly SemaphoreSlim _turns = new(MaximumRequestCount);

    /// <summary>Begins one call of a port, however many requests and tries that takes.</summary>
    public StorageCall Begin(CancellationToken cancellationToken) => new(pipeline, options, _turns, cancellationToken);
}
