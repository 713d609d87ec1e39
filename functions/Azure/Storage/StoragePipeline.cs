using Azure.Core;
using Azure.Core.Pipeline;

namespace SshFunctions.Azure.Storage;

/// <summary>Azure.Core's pipeline as storage is spoken to here.</summary>
internal static class StoragePipeline
{
    // The first version in which tables take an identity's token.
    private const string Version = "2020-12-06";
    private const string Scope = "https://storage.azure.com/.default";

    /// <summary>Builds it.</summary>
    /// <param name="url">The service, for the rule that a token never goes over plain HTTP.</param>
    /// <param name="credential">Who sends.</param>
    /// <param name="signWith">The service's own way to sign by key.</param>
    /// <param name="options">How it is reached.</param>
    /// <exception cref="ArgumentException">A token would go over plain HTTP.</exception>
    public static HttpPipeline Build(
        Uri url, StorageCredential credential, Func<StorageCredential.SharedKey, HttpPipelinePolicy> signWith, StorageOptions options)
    {
        HttpPipelinePolicy authentication = credential switch
        {
            StorageCredential.SharedKey key => signWith(key),
            StorageCredential.Token when url.Scheme != Uri.UriSchemeHttps =>
                throw new ArgumentException($"{url} is not https: an identity's token would be read on the way", nameof(url)),
            StorageCredential.Token token => new BearerTokenAuthenticationPolicy(token.Credential, Scope),
            _ => throw new ArgumentException("unknown kind of credential", nameof(credential)),
        };
        // Retries are counted and weighed by StorageCall, which must know whether a try that failed may have happened all the same.
        var clientOptions = new ClientSettings { Retry = { MaxRetries = 0, NetworkTimeout = options.Patience.Try } };
        clientOptions.Diagnostics.IsLoggingEnabled = false;
        clientOptions.Diagnostics.IsDistributedTracingEnabled = false;
        if (options.Transport is not null) clientOptions.Transport = options.Transport;
        return HttpPipelineBuilder.Build(clientOptions, [new VersionPolicy()], [authentication], new ResponseClassifier());
    }

    private sealed class ClientSettings : ClientOptions;

    private sealed class VersionPolicy : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("x-ms-version", Version);
    }
}
