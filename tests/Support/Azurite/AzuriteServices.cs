namespace SshFunctions.Support.Azurite;

/// <summary>Which services of Azure Storage are started; each is a process of about 100 MB.</summary>
[Flags]
public enum AzuriteServices
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Tables.</summary>
    Tables = 1,

    /// <summary>Queues.</summary>
    Queues = 2,

    /// <summary>Blobs.</summary>
    Blobs = 4,
}
