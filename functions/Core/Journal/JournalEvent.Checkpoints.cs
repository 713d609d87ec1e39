namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>Retention removes the entries of old segments; their heads stay sealed. Recorded before the first is removed.</summary>
    /// <param name="From">The first segment that goes.</param>
    /// <param name="Through">The last one; no segment up to it has entries any more.</param>
    /// <param name="OlderThan">UTC; all of them were closed before.</param>
    /// <param name="Checkpoint">Number of the last checkpoint, which covers them.</param>
    /// <param name="CheckpointHash">Its hash.</param>
    public sealed record SegmentsRemoved(
        long From, long Through, DateTimeOffset OlderThan, long Checkpoint, string CheckpointHash) : JournalEvent;
}
