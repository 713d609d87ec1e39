namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>What becomes of a commit.</summary>
internal enum Fate
{
    /// <summary>It is done, and told.</summary>
    Done,

    /// <summary>It does not happen, and nobody learns that it did not.</summary>
    Lost,

    /// <summary>It happens, and nobody learns of it.</summary>
    Untold,

    /// <summary>Its caller is told that its outcome is unknown; it happens later, or never.</summary>
    Late,

    /// <summary>Its process dies before it.</summary>
    DiesBefore,

    /// <summary>It happens, and its process dies before it learns of it.</summary>
    DiesAfter,
}
