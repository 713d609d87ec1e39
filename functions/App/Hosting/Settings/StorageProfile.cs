using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>The Azure storage account that brokers share.</summary>
/// <param name="TablesUrl">Its table service.</param>
/// <param name="QueuesUrl">Its queue service; null where the queue lies in the store.</param>
/// <param name="KeyFile">File of the account's key; null where an identity signs.</param>
internal sealed record StorageProfile(Uri TablesUrl, Uri? QueuesUrl, string? KeyFile)
{
    /// <summary>Binds the settings; refuses what could never work.</summary>
    public static Result<StorageProfile> From(SettingValues values)
    {
        if (!values.Has(BrokerSettings.TablesUrl))
            return BrokerProfile.Missing(BrokerSettings.TablesUrl, "--store tables keeps everything there");
        var storage = new StorageProfile(
            values.Get(BrokerSettings.TablesUrl, null!),
            values.Has(BrokerSettings.QueuesUrl) ? values.Get(BrokerSettings.QueuesUrl, null!) : null,
            values.Has(BrokerSettings.StorageKeyFile) ? values.Get(BrokerSettings.StorageKeyFile, "") : null);
        if (storage.KeyFile is null && !values.Has(BrokerSettings.AzureIdentity))
            return BrokerProfile.Missing(BrokerSettings.AzureIdentity, "it says as whom the broker uses the storage account; with an emulator, --storage-key-file does");
        Uri? plain = new[] { storage.TablesUrl, storage.QueuesUrl }.OfType<Uri>().FirstOrDefault(url => url.Scheme == Uri.UriSchemeHttp);
        if (plain is { IsLoopback: false } && storage.KeyFile is not null)
            return new Refusal.Invalid(BrokerSettings.TablesUrl.Name, $"{plain} is http over a network, where anyone could change what is stored", "use https");
        return storage.KeyFile is null && plain is not null
            ? new Refusal.Invalid(BrokerSettings.TablesUrl.Name, $"{plain} is http, which a token of --azure-identity must not travel over", "use https, or --storage-key-file with an emulator")
            : storage;
    }
}
