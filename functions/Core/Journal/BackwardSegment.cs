namespace SshFunctions.Core.Journal;

/// <summary>A segment that is being read from its end to its beginning.</summary>
internal sealed class BackwardSegment(SegmentRecord record, int index)
{
    private IReadOnlyList<JournalEntry> _window = [];
    private int _left;

    public SegmentRecord Record => record;

    /// <summary>Index of the next entry; 0 at the beginning.</summary>
    public int Index { get; private set; } = index;

    public JournalPosition Position => new(record.Segment, Index);

    /// <summary>The next entry; null when it was not read yet.</summary>
    public JournalEntry? Newest => _left > 0 ? _window[_left - 1] : null;

    public void Fill(IReadOnlyList<JournalEntry> window)
    {
        (_window, _left) = (window, window.Count);
        Index = window.Count == 0 ? 0 : window[^1].Position.Index;
    }

    public void Drop()
    {
        _left--;
        Index--;
    }
}
