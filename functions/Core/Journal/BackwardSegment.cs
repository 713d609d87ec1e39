namespace SshFunctions.Core.Journal;

/// <summary>A segment that is being read from its end to its beginning.</summary>
internal sealed class BackwardSegment(SegmentRecord record, int index)
{
    private IReadOnlyList<JournalEntry> _window = [];
    private int _left;
    private int _below = index;
    private int _counted = index;

    public SegmentRecord Record => record;

    /// <summary>Index of the next entry; 0 at the beginning.</summary>
    public int Index => Newest?.Position.Index ?? _below;

    public JournalPosition Position => new(record.Segment, Index);

    /// <summary>The next entry; null when it was not read yet.</summary>
    public JournalEntry? Newest => _left > 0 ? _window[_left - 1] : null;

    /// <summary>Takes what was read: its oldest entry, and of those behind that at least the ones that fit.</summary>
    public void Fill(IReadOnlyList<JournalEntry> window)
    {
        (_window, _left) = (window, window.Count);
        _below = window.Count == 0 ? 0 : window[0].Position.Index - 1;
    }

    /// <summary>Leaves the next entry behind.</summary>
    /// <returns>How many entries were looked at since the one before it: those that were left out count.</returns>
    public int Drop()
    {
        int below = Newest!.Position.Index - 1;
        int looked = _counted - below;
        _counted = below;
        _left--;
        return looked;
    }
}
