using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Store;

/// <summary>The store in memory: linearizable, gone with the object, with faults on demand.</summary>
public sealed class InMemoryStore : IStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<string, StoredDocument>> _partitions = new(StringComparer.Ordinal);
    private readonly Queue<CommitFault> _faults = new();
    private long _lastVersion;
    private int _commitCount;

    /// <summary>While set, every call fails and nothing happens.</summary>
    public bool IsAway { get; set; }

    /// <summary>Commits that no planned fault meets: those that run beside what a test is about, at a time of their own.</summary>
    public Func<string, IReadOnlyList<DocumentChange>, bool> Spares { get; set; } = (_, _) => false;

    /// <summary>Commits that happened.</summary>
    public int CommitCount => Volatile.Read(ref _commitCount);

    /// <summary>The next commit fails and nothing happens. Faults queue up: each meets one commit.</summary>
    public void FailNextCommit() => Plan(new CommitFault.Fail());

    /// <summary>The next commit happens, but its caller gets a <see cref="StoreUnavailableException"/>.</summary>
    public void LoseNextAnswer() => Plan(new CommitFault.LoseAnswer());

    /// <summary>The commits up to one happen, and that one meets a fault.</summary>
    /// <param name="number">Which, from 1.</param>
    /// <param name="fault">Whether it fails, its answer is lost, or its process dies before or after it.</param>
    public void PlanFault(int number, PlannedFault fault)
    {
        for (int at = 1; at < number; at++) Plan(new CommitFault.Pass());
        Plan(fault switch
        {
            PlannedFault.Fail => new CommitFault.Fail(),
            PlannedFault.LoseAnswer => new CommitFault.LoseAnswer(),
            _ => new CommitFault.Die(After: fault == PlannedFault.DieAfter),
        });
    }

    /// <summary>Forgets faults that no commit met.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ForgetFaults()
    {
        lock (_lock)
        {
            bool any = _faults.Count > 0;
            _faults.Clear();
            return any;
        }
    }

    /// <summary>All that is in it, as another store: a backup, or what the next process finds.</summary>
    public InMemoryStore Copy()
    {
        var copy = new InMemoryStore { Spares = Spares };
        lock (_lock)
        {
            copy._lastVersion = _lastVersion;
            foreach ((string partition, SortedDictionary<string, StoredDocument> rows) in _partitions)
                copy._partitions[partition] = new SortedDictionary<string, StoredDocument>(rows, StringComparer.Ordinal);
        }

        return copy;
    }

    /// <summary>The next commit waits, undone, for its release or for the end of its caller's patience.</summary>
    /// <returns>The hold.</returns>
    public HeldCommit HoldNextCommit()
    {
        var held = new HeldCommit();
        Plan(new CommitFault.Hold(held));
        return held;
    }

    /// <inheritdoc/>
    public ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfAway();
        lock (_lock) return ValueTask.FromResult(Find(key.Partition, key.Row));
    }

    /// <inheritdoc/>
    public ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        StoreLimits.CheckList(partition, range);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfAway();
        lock (_lock)
        {
            if (!_partitions.TryGetValue(partition, out SortedDictionary<string, StoredDocument>? rows))
                return ValueTask.FromResult(new DocumentPage([], null));
            StoredDocument[] found = [.. rows.Values.Where(document => Holds(range, document.Key.Row)).Take(range.Limit + 1)];
            string? next = found.Length > range.Limit ? found[range.Limit].Key.Row : null;
            return ValueTask.FromResult(new DocumentPage([.. found.Take(range.Limit)], next));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(
        string partition,
        IReadOnlyList<DocumentChange> changes,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentChange> snapshot = StoreLimits.CheckCommit(partition, changes);
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfAway();
        CommitFault? fault = null;
        if (!Spares(partition, snapshot))
        {
            lock (_lock) _faults.TryDequeue(out fault);
        }

        if (fault is CommitFault.Fail) throw new StoreUnavailableException("told to fail");
        if (fault is CommitFault.Die { After: false })
        {
            IsAway = true;
            throw new StoreUnavailableException("told to die");
        }

        if (fault is CommitFault.Hold hold) await hold.Commit.WaitAsync(cancellationToken);

        CommitResult result;
        lock (_lock) result = Apply(partition, snapshot);
        if (fault is CommitFault.Die) IsAway = true;
        return fault is CommitFault.LoseAnswer or CommitFault.Die ? throw new StoreUnavailableException("told to lose the answer") : result;
    }

    private static bool Holds(RowRange range, string row) =>
        (range.From is null || string.CompareOrdinal(row, range.From) >= 0) && (range.To is null || string.CompareOrdinal(row, range.To) < 0);

    private static ConflictReason? Contradiction(StoredDocument? stored, DocumentChange change) => change switch
    {
        DocumentChange.Insert => stored is null ? null : ConflictReason.Exists,
        _ when stored is null => ConflictReason.Missing,
        DocumentChange.Replace replace => stored.Version == replace.Version ? null : ConflictReason.Stale,
        DocumentChange.Delete delete => stored.Version == delete.Version ? null : ConflictReason.Stale,
        _ => throw new ArgumentException("unknown kind of change", nameof(change)),
    };

    private void Plan(CommitFault fault)
    {
        lock (_lock) _faults.Enqueue(fault);
    }

    private void ThrowIfAway()
    {
        if (IsAway) throw new StoreUnavailableException("told to be away");
    }

    private StoredDocument? Find(string partition, string row) =>
        _partitions.TryGetValue(partition, out SortedDictionary<string, StoredDocument>? rows) ? rows.GetValueOrDefault(row) : null;

    private CommitResult Apply(string partition, IReadOnlyList<DocumentChange> changes)
    {
        for (int index = 0; index < changes.Count; index++)
        {
            if (Contradiction(Find(partition, changes[index].Row), changes[index]) is { } reason)
                return new CommitResult.Conflicted(index, reason);
        }

        if (!_partitions.TryGetValue(partition, out SortedDictionary<string, StoredDocument>? rows))
            _partitions[partition] = rows = new SortedDictionary<string, StoredDocument>(StringComparer.Ordinal);
        var versions = new DocumentVersion?[changes.Count];
        for (int index = 0; index < changes.Count; index++) versions[index] = Write(partition, rows, changes[index]);
        _commitCount++;
        return new CommitResult.Committed(versions);
    }

    private DocumentVersion? Write(string partition, SortedDictionary<string, StoredDocument> rows, DocumentChange change)
    {
        ReadOnlyMemory<byte> body;
        switch (change)
        {
            case DocumentChange.Insert insert: body = insert.Body; break;
            case DocumentChange.Replace replace: body = replace.Body; break;
            default: rows.Remove(change.Row); return null;
        }

        var version = new DocumentVersion((++_lastVersion).ToString(CultureInfo.InvariantCulture));
        // A copy, so that a caller who breaks the law and changes the body later is found out.
        rows[change.Row] = new StoredDocument(new DocumentKey(partition, change.Row), version, body.ToArray());
        return version;
    }
}
