namespace SshFunctions.Core.Policy;

/// <summary>The kind of credential that somebody enters with: not every grant can be kept by every kind.</summary>
public enum AccessMeans
{
    /// <summary>A short-lived certificate.</summary>
    Certificate,

    /// <summary>A registered key that the host asks about at each login.</summary>
    RegisteredKey,

    /// <summary>A one-time passcode, typed as a password.</summary>
    Passcode,
}
