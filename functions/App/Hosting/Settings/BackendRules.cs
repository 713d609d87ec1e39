using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>Which settings of store and keys go together.</summary>
internal static class BackendRules
{
    private static readonly Setting[] OfTables = [BrokerSettings.TablesUrl, BrokerSettings.QueuesUrl, BrokerSettings.StorageKeyFile];
    private static readonly Setting[] OfKeys = [BrokerSettings.UserCa, BrokerSettings.HostCa, BrokerSettings.JournalKey];
    private static readonly Setting[] OfServer = [BrokerSettings.Listen, BrokerSettings.TlsCertificate, BrokerSettings.TlsKey];

    /// <summary>The first contradiction; null when there is none.</summary>
    public static Refusal.Invalid? Check(SettingValues values, StoreKind store, bool inFunctions) =>
        (inFunctions ? FaultInFunctions(values, store) : null)
        ?? (store == StoreKind.Sqlite ? FaultOfSqlite(values) : FaultOfTables(values))
        ?? FaultOfVault(values);

    private static Refusal.Invalid? FaultInFunctions(SettingValues values, StoreKind store)
    {
        if (store == StoreKind.Sqlite)
            return new Refusal.Invalid(BrokerSettings.Store.Name, "--store sqlite can't be used under the Functions host, whose instances share no file", "leave it out, and set --tables-url");
        if (OfServer.FirstOrDefault(values.Has) is { } server)
            return new Refusal.Invalid(server.Name, $"--{server.Name} can't be used under the Functions host, which says where to listen", "leave it out");
        return values.Has(BrokerSettings.QueuesUrl)
            ? null
            : BrokerProfile.Missing(BrokerSettings.QueuesUrl, "the Functions host delivers the messages of its queues");
    }

    private static Refusal.Invalid? FaultOfSqlite(SettingValues values)
    {
        if (OfTables.FirstOrDefault(values.Has) is { } foreign)
            return new Refusal.Invalid(foreign.Name, $"--{foreign.Name} is given, but the store is a file", "add --store tables, or leave it out");
        return values.Has(BrokerSettings.Data) ? null : BrokerProfile.Missing(BrokerSettings.Data, "it holds the broker's store and keys");
    }

    private static Refusal.Invalid? FaultOfTables(SettingValues values)
    {
        if (values.Has(BrokerSettings.Data))
            return new Refusal.Invalid(BrokerSettings.Data.Name, "--data is given, but the store is --store tables", "leave one of them out");
        if (values.Has(BrokerSettings.NewAdminToken))
            return new Refusal.Invalid(BrokerSettings.NewAdminToken.Name, "--new-admin-token leaves a token in --data, which --store tables has not", "make one: sshfn-broker admin-token, and give its hash as --admin-token-hash");
        // Brokers that share a store must share the keys: one that made its own would cut off every host.
        return OfKeys.FirstOrDefault(key => !values.Has(key)) is { } key
            ? BrokerProfile.Missing(key, "brokers that share a store share its keys")
            : null;
    }

    private static Refusal.Invalid? FaultOfVault(SettingValues values) =>
        KeyProfile.From(values).Named.Values.Any(key => key is KeyLocation.Vault) && !values.Has(BrokerSettings.AzureIdentity)
            ? BrokerProfile.Missing(BrokerSettings.AzureIdentity, "it says as whom the broker uses Key Vault")
            : null;
}
