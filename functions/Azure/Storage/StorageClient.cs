using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>One service of a storage account.</summary>
internal sealed class StorageClient(HttpPipeline pipeline, StorageOptions options)
{
    /// <summary>Begins one call of a port, however many requests and tries that takes.</summary>
    public StorageCall Begin(CancellationToken cancellationToken) => new(pipeline, options, cancellationToken);
}
