namespace SshFunctions.Support.Store;

/// <summary>What a commit of an <see cref="InMemoryStore"/> meets.</summary>
public enum PlannedFault
{
    /// <summary>It doesn't happen, and its caller is told so.</summary>
    Fail,

    /// <summary>It happens, and its caller is told that nobody knows.</summary>
    LoseAnswer,

    /// <summary>Its process is killed before it.</summary>
    DieBefore,

    /// <summary>Its process is killed after it, before it hears.</summary>
    DieAfter,
}
