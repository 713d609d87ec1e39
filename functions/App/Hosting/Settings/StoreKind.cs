namespace SshFunctions.App.Hosting.Settings;

/// <summary>Where the broker keeps what it knows.</summary>
internal enum StoreKind
{
    /// <summary>One file of this machine.</summary>
    Sqlite,

    /// <summary>A table of an Azure storage account, which several brokers share.</summary>
    Tables,
}
