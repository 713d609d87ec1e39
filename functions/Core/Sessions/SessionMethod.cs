namespace SshFunctions.Core.Sessions;

/// <summary>How somebody got in.</summary>
public enum SessionMethod
{
    /// <summary>A certificate.</summary>
    Certificate,

    /// <summary>A plain public key.</summary>
    Key,

    /// <summary>A passcode.</summary>
    Passcode,

    /// <summary>Something that no broker gives.</summary>
    Other,
}
