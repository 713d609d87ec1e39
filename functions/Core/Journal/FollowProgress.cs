namespace SshFunctions.Core.Journal;

/// <summary>What one call of <see cref="JournalFollower"/> did.</summary>
/// <param name="TakenCount">Entries that were taken and are not given again.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record FollowProgress(int TakenCount, FollowOutcome Outcome);
