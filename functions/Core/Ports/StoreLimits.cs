namespace SshFunctions.Core.Ports;

/// <summary>Bounds that every backend enforces, so that no caller depends on the stronger one.</summary>
/// <remarks>Source: Azure Tables, "Performing entity group transactions" and "Understanding the Table service data model".</remarks>
public static class StoreLimits
{
    /// <summary>Most changes in one commit.</summary>
    public const int MaximumChangeCount = 100;

    /// <summary>Most bytes of all bodies in one commit: 4 MiB less what Azure Tables' envelope takes.</summary>
    public const int MaximumCommitBytes = 3 * 1024 * 1024;

    /// <summary>Most bytes of one body: a document of Azure Tables is at most 1 MiB, its binary properties at most 64 KiB each.</summary>
    public const int MaximumBodyBytes = 768 * 1024;

    /// <summary>Most characters of a partition or a row.</summary>
    public const int MaximumKeyLength = 400;

    /// <summary>Most documents in one page.</summary>
    public const int MaximumPageCount = 1000;
}
