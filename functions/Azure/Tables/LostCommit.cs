using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>Finds out whether a commit happened whose answer was lost, by what its documents say of their last writes.</summary>
/// <remarks>
/// A commit happens whole, so one document that tells is enough. What can't be told is never guessed: a document that is gone after
/// a delete whose answer was lost may have been deleted by anybody; one that is not there, or is another's, where the commit inserted may
/// have come after it was deleted. A commit of inserts alone, none of which stays, has no document that tells: see
/// <see cref="CommitGuard"/>.
/// </remarks>
internal static class LostCommit
{
    /// <summary>What one document tells.</summary>
    public enum Outcome
    {
        /// <summary>Nothing.</summary>
        Unknown,

        /// <summary>It happened.</summary>
        Happened,

        /// <summary>It did not happen, and a try that comes late does not find what it demands.</summary>
        Never,

        /// <summary>It did not happen; this document would let it happen.</summary>
        NotYet,
    }

    /// <summary>Asks one document.</summary>
    /// <param name="write">The change of it.</param>
    /// <param name="operation">The commit's.</param>
    /// <param name="trail">The document's; null when it is not there.</param>
    public static Outcome Judge(EntityWrite write, string operation, WriteTrail? trail)
    {
        if (write.Before is { IsForeign: true }) return Outcome.Never;
        if (trail is null) return Outcome.Unknown;
        if (trail.Contains(operation)) return Outcome.Happened;
        if (write.Before is not { Trail: { } before }) return write.Stays && trail.IsWhole ? Outcome.Never : Outcome.Unknown;
        if (trail.Newest == before.Newest) return Outcome.NotYet;
        return trail.Contains(before.Newest) ? Outcome.Never : Outcome.Unknown;
    }

    /// <summary>The version of a document that a commit wrote, though others may have come after.</summary>
    public static DocumentVersion? VersionOf(EntityWrite write, EntityVersion? stored)
    {
        if (write.IsDelete) return null;
        return stored is { Trail: { } trail } version && trail.Newest == write.Trail!.Newest
            ? version.ToVersion()
            : EntityVersion.Superseded(write.Trail!).ToVersion();
    }
}
