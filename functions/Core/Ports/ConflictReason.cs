namespace SshFunctions.Core.Ports;

/// <summary>How a change contradicts what is stored.</summary>
public enum ConflictReason
{
    /// <summary>An insert found a document.</summary>
    Exists,

    /// <summary>A replace or delete found none.</summary>
    Missing,

    /// <summary>A replace or delete found another version.</summary>
    Stale,
}
