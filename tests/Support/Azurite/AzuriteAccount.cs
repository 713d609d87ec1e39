namespace SshFunctions.Support.Azurite;

/// <summary>A storage account of a running Azurite.</summary>
public sealed class AzuriteAccount
{
    internal AzuriteAccount(string name, string key, Func<AzuriteServices, Uri?> urlOf)
    {
        Name = name;
        Key = key;
        TablesUrl = At(urlOf(AzuriteServices.Tables));
        QueuesUrl = At(urlOf(AzuriteServices.Queues));
        BlobsUrl = At(urlOf(AzuriteServices.Blobs));
    }

    /// <summary>The account's name, the first segment of its URLs.</summary>
    public string Name { get; }

    /// <summary>The account's key, base64.</summary>
    public string Key { get; }

    /// <summary>Its tables, without a trailing slash.</summary>
    public Uri TablesUrl { get => field ?? throw NotStarted; }

    /// <summary>Its queues, without a trailing slash.</summary>
    public Uri QueuesUrl { get => field ?? throw NotStarted; }

    /// <summary>Its blobs, without a trailing slash.</summary>
    public Uri BlobsUrl { get => field ?? throw NotStarted; }

    /// <summary>What the Functions host reads from <c>AzureWebJobsStorage</c>.</summary>
    public string ConnectionString => FormattableString.Invariant(
        $"DefaultEndpointsProtocol={QueuesUrl.Scheme};AccountName={Name};AccountKey={Key};QueueEndpoint={QueuesUrl};TableEndpoint={TablesUrl}");

    private static InvalidOperationException NotStarted => new("this Azurite was started without that service");

    private Uri? At(Uri? service) => service is null ? null : new Uri(service, Name);
}
