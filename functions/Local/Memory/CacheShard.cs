using System.Diagnostics.CodeAnalysis;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Memory;

/// <summary>What is remembered of some partitions, and whether a commit to one of them is under way.</summary>
internal sealed class CacheShard(long maximumBytes)
{
    // Of a key or a range, its place in a table, and the objects around a body.
    private const int OverheadBytes = 400;
    private readonly Lock _gate = new();
    private readonly Dictionary<DocumentKey, StoredDocument?> _documents = [];
    private readonly Dictionary<(string Partition, RowRange Range), DocumentPage> _pages = [];
    private long _bytes;
    private long _commits;
    private int _underWay;

    /// <summary>A document that is known, or known to be absent; else the number of commits so far, for <see cref="Keep(DocumentKey, StoredDocument?, long)"/>.</summary>
    public bool TryGet(DocumentKey key, out StoredDocument? document, out long commits)
    {
        lock (_gate)
        {
            commits = _commits;
            document = null;
            return _underWay == 0 && _documents.TryGetValue(key, out document);
        }
    }

    /// <summary>A page that is known; else the number of commits so far.</summary>
    public bool TryList((string Partition, RowRange Range) key, [NotNullWhen(true)] out DocumentPage? page, out long commits)
    {
        lock (_gate)
        {
            commits = _commits;
            page = null;
            return _underWay == 0 && _pages.TryGetValue(key, out page);
        }
    }

    /// <summary>Remembers what was read, unless a commit began or ended meanwhile.</summary>
    public void Keep(DocumentKey key, StoredDocument? document, long commits)
    {
        lock (_gate)
        {
            if (!MayKeep(commits, OverheadBytes + (document?.Body.Length ?? 0))) return;
            _documents[key] = document;
        }
    }

    /// <summary>Remembers what was read, unless a commit began or ended meanwhile.</summary>
    public void Keep((string Partition, RowRange Range) key, DocumentPage page, long commits)
    {
        lock (_gate)
        {
            if (!MayKeep(commits, OverheadBytes + page.Documents.Sum(document => OverheadBytes + document.Body.Length))) return;
            _pages[key] = page;
        }
    }

    /// <summary>Forgets what a commit changes; until its end nothing is served or remembered.</summary>
    public void Begin(string partition, IReadOnlyList<DocumentChange> changes)
    {
        lock (_gate)
        {
            _commits++;
            _underWay++;
            foreach (DocumentChange change in changes) _documents.Remove(new DocumentKey(partition, change.Row));
            foreach ((string Partition, RowRange Range) key in _pages.Keys.Where(key => key.Partition == partition).ToArray()) _pages.Remove(key);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            _commits++;
            _underWay--;
        }
    }

    private bool MayKeep(long commits, int bytes)
    {
        if (_underWay > 0 || commits != _commits || bytes > maximumBytes) return false;
        // Whatever is needed again is soon there again.
        if (_bytes + bytes > maximumBytes) Clear();
        _bytes += bytes;
        return true;
    }

    private void Clear()
    {
        _documents.Clear();
        _pages.Clear();
        _bytes = 0;
    }
}
