namespace SshFunctions.Core.Journal;

/// <summary>The stored form of an entry, member by member.</summary>
internal sealed record JournalRecord(
    long Segment,
    int Index,
    DateTimeOffset Time,
    JournalCaller Caller,
    JournalEvent Event,
    string Previous);
