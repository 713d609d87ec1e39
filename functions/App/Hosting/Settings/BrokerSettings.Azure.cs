using SshFunctions.Azure.Identity;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>What a broker needs that keeps its store or its keys in Azure.</summary>
internal static partial class BrokerSettings
{
    public static readonly Setting<StoreKind> Store = new(
        "store", "KIND", "sqlite: a file in --data; tables: Azure Tables, for several brokers; default sqlite", "tables", SettingParsers.Store);

    public static readonly Setting<Uri> TablesUrl = new(
        "tables-url", "URL", "Table service of the storage account of --store tables", "https://ACCOUNT.table.core.windows.net", SettingParsers.HttpUrl)
    {
        Confidential = true, // Somebody will paste an address with a signature in it.
    };

    public static readonly Setting<Uri> QueuesUrl = new(
        "queues-url", "URL", "Queue service whose messages the Functions host delivers", "https://ACCOUNT.queue.core.windows.net", SettingParsers.HttpUrl)
    {
        Confidential = true, // Somebody will paste an address with a signature in it.
    };

    public static readonly Setting<string> StorageKeyFile = new(
        "storage-key-file", "FILE", "Key of the storage account, base64, mode 0600; better none and --azure-identity", "/etc/sshfn/storage-key", SettingParsers.Path);

    public static readonly Setting<AzureIdentity> AzureIdentity = new(
        "azure-identity", "WHO", $"As whom the broker uses Azure: {Azure.Identity.AzureIdentity.Rule}", "managed", Azure.Identity.AzureIdentity.Parse);

    public static readonly Setting<KeyLocation> UserCa = new(
        "user-ca", "KEY", "Key that signs user certificates: FILE, https://VAULT/keys/NAME or https://VAULT/secrets/NAME; default DATA/keys/user-ca",
        "https://VAULT.vault.azure.net/keys/user-ca", KeyLocation.Parse);

    public static readonly Setting<KeyLocation> HostCa = new(
        "host-ca", "KEY", "Key that signs host certificates, likewise; default DATA/keys/host-ca", "https://VAULT.vault.azure.net/keys/host-ca", KeyLocation.Parse);

    public static readonly Setting<KeyLocation> JournalKey = new(
        "journal-key", "KEY", "Key that signs KRL and journal, likewise; default DATA/keys/journal", "https://VAULT.vault.azure.net/keys/journal", KeyLocation.Parse);

    public static readonly Setting<SealedAccessToken> AdminTokenHash = new(
        "admin-token-hash", "HASH", "Makes a first admin of a token that sshfn-broker admin-token printed, a day long", "ID.sha256:HASH", SettingParsers.SealedToken)
    {
        Confidential = true,
    };
}
