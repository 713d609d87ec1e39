namespace SshFunctions.Core.Journal;

/// <summary>What a follower has not taken yet.</summary>
/// <param name="EntryCount">Entries that are durable and not taken.</param>
/// <param name="Oldest">Time of the oldest of them, UTC; null when there is none.</param>
public sealed record JournalLag(long EntryCount, DateTimeOffset? Oldest);
