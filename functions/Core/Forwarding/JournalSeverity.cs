namespace SshFunctions.Core.Forwarding;

/// <summary>How urgent an entry is to whoever watches the journal.</summary>
public enum JournalSeverity
{
    /// <summary>What the broker is there for.</summary>
    Information,

    /// <summary>Somebody was refused, or something failed.</summary>
    Warning,

    /// <summary>Somebody has to look, now.</summary>
    Alarm,
}
