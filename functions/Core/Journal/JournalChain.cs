using System.Text.Json;

namespace SshFunctions.Core.Journal;

/// <summary>Checks the hash chain of one segment, entry by entry, from its first.</summary>
public sealed class JournalChain
{
    private readonly long _segment;
    private string _previous = JournalEntry.NoPrevious;

    /// <summary>Starts before the first entry of a segment.</summary>
    /// <param name="segment">The segment.</param>
    public JournalChain(long segment) => _segment = segment;

    /// <summary>Index of the last entry that was checked; 0 before the first.</summary>
    public int LastIndex { get; private set; }

    /// <summary>Hash of the last entry that was checked.</summary>
    public string Head => _previous;

    /// <summary>Checks the next entry.</summary>
    /// <param name="encoded">Its stored bytes.</param>
    /// <param name="entry">The entry; null when the chain breaks here.</param>
    /// <param name="fault">What breaks the chain; null when nothing does.</param>
    /// <returns>Whether the entry continues the chain. After false the chain stays where it was.</returns>
    public bool TryContinue(ReadOnlyMemory<byte> encoded, out JournalEntry? entry, out string? fault)
    {
        entry = null;
        try
        {
            entry = JournalEntry.Decode(encoded);
        }
        catch (JsonException error)
        {
            fault = $"entry {LastIndex + 1} of segment {_segment} can't be read: {error.Message}";
            return false;
        }

        fault = FaultOf(entry);
        if (fault is not null)
        {
            entry = null;
            return false;
        }

        _previous = entry.Hash;
        LastIndex = entry.Position.Index;
        return true;
    }

    private string? FaultOf(JournalEntry entry)
    {
        if (entry.Position.Segment != _segment) return $"entry of segment {entry.Position.Segment} stands in segment {_segment}";
        if (entry.Position.Index != LastIndex + 1)
            return $"entry {LastIndex + 1} of segment {_segment} is missing; entry {entry.Position.Index} follows entry {LastIndex}";
        if (entry.Previous != _previous)
            return $"entry {entry.Position.Index} of segment {_segment} does not follow from entry {LastIndex}: one of them was changed";
        return null;
    }
}
