namespace SshFunctions.Core.Sessions;

/// <summary>What happened to a session.</summary>
public enum SessionStep
{
    /// <summary>Somebody logged in.</summary>
    Opened,

    /// <summary>Somebody logged out, or was cut off.</summary>
    Closed,

    /// <summary>The host ended it because its credential was revoked.</summary>
    Ended,
}
