using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>Finds out whether a commit happened whose answer was lost, by what its documents say of their last writes.</summary>
/// <remarks>
/// A commit happens whole, so one document that tells is enough. What can't be told is never guessed: a document that is gone after
/// a delete whose answer was lost may have been deleted by anybody. One thing is assumed: that an insert whose answer was lost was not
/// undone by somebody's delete before the next try, a moment later.
/// </remarks>
internal static class LostCommit
{
    /// <summary>What one document tells.</summary>
    /// <param name="write">The change of it.</param>
    /// <param name="operation">The commit's.</param>
    /// <param name="trail">The document's; null when it is not there.</param>
    /// <returns>Whether the commit happened; null when this document can't tell.</returns>
    public static bool? Judge(EntityWrite write, string operation, WriteTrail? trail)
    {
        if (write.Before is { IsForeign: true }) return false;
        if (trail is not null && trail.Contains(operation)) return true;
        return write.Change switch
        {
            DocumentChange.Insert => trail is null || trail.IsWhole ? false : null,
            // The version that it was to change is still there, or another changed it.
            _ => trail is not null && trail.Contains(write.Before!.Value.Trail!.Newest) ? false : null,
        };
    }

    /// <summary>The version of a document that a commit wrote, though others may have come after.</summary>
    public static DocumentVersion? VersionOf(EntityWrite write, EntityVersion? stored)
    {
        if (write.Trail is null) return null;
        return stored is { Trail: { } trail } version && trail.Newest == write.Trail.Newest
            ? version.ToVersion()
            : EntityVersion.Superseded(write.Trail).ToVersion();
    }
}
