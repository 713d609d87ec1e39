namespace SshFunctions.Core.Restoring;

/// <summary>That a store goes on from a backup; of several restores, the last.</summary>
/// <param name="Time">UTC; when it was restored: what is older may have been used up by the broker that was lost.</param>
/// <param name="Backup">UTC; when the backup was made.</param>
/// <param name="LastSegment">The last segment that the backup held.</param>
/// <param name="FirstSegment">The first segment since the restore.</param>
internal sealed record RestoreMark(DateTimeOffset Time, DateTimeOffset Backup, long LastSegment, long FirstSegment);
