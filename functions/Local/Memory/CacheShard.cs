using System.Diagnostics.CodeAnalysis;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Memory;

/// <summary>What is remembered of some partitions, and whether a commit to one of them is under way.</summary>
internal sealed class CacheShard
{
    // Of a key or a range, its place in a table, and the objects around a body.
    private const int OverheadBytes = 400;
    private readonly Lock _gate = new();
    private readonly Dictionary<DocumentKey, StoredDocument?> _documents = [];
    private readonly Dictionary<string, Dictionary<RowRange, DocumentPage>> _pages = [];
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
    public bool TryList(string partition, RowRange range, [NotNullWhen(true)] out DocumentPage? page, out long commits)
    {
        lock (_gate)
        {
            commits = _commits;
            page = null;
            return _underWay == 0 && _pages.TryGetValue(partition, out Dictionary<RowRange, DocumentPage>? pages) && pages.TryGetValue(range, out page);
        }
    }

    /// <summary>Remembers what was read, unless a commit began or ended meanwhile.</summary>
    /// <returns>About as many bytes as that took.</returns>
    public int Keep(DocumentKey key, StoredDocument? document, long commits)
    {
        lock (_gate)
        {
            if (_underWay > 0 || commits != _commits || !_documents.TryAdd(key, document)) return 0;
            return Count(OverheadBytes + (document?.Body.Length ?? 0));
        }
    }

    /// <summary>Remembers what was read, unless a commit began or ended meanwhile.</summary>
    /// <returns>About as many bytes as that took.</returns>
    public int Keep(string partition, RowRange range, DocumentPage page, long commits)
    {
        lock (_gate)
        {
            if (_underWay > 0 || commits != _commits) return 0;
            if (!_pages.TryGetValue(partition, out Dictionary<RowRange, DocumentPage>? pages)) _pages.Add(partition, pages = []);
            return pages.TryAdd(range, page) ? Count(OverheadBytes + page.Documents.Sum(document => OverheadBytes + document.Body.Length)) : 0;
        }
    }

    /// <summary>Forgets what a commit changes; until its end nothing is served or remembered.</summary>
    public void Begin(string partition, IReadOnlyList<DocumentChange> changes)
    {
        lock (_gate)
        {
            _commits++;
            _underWay++;
            // Their bytes stay counted until all is forgotten: what is written often makes that come sooner, and no more.
            foreach (DocumentChange change in changes) _documents.Remove(new DocumentKey(partition, change.Row));
            _pages.Remove(partition);
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

    /// <summary>Forgets everything.</summary>
    /// <returns>How many bytes were counted.</returns>
    public long Clear()
    {
        lock (_gate)
        {
            long bytes = _bytes;
            _documents.Clear();
            _pages.Clear();
            _bytes = 0;
            return bytes;
        }
    }

    private int Count(int bytes)
    {
        _bytes += bytes;
        return bytes;
    }
}
