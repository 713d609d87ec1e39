namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>What a schedule is asked.</summary>
public enum Choice
{
    /// <summary>Who goes on, where the one who went before can't.</summary>
    Turn,

    /// <summary>Who goes on, where the one who went before could; first of all that one.</summary>
    Preemption,

    /// <summary>What goes wrong; first of all nothing.</summary>
    Fault,
}
