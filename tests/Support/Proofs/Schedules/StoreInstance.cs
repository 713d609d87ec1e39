using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Schedules;

/// <summary>The store as one process has it: at each call the schedule decides who goes on, and what becomes of a commit.</summary>
/// <remarks>As weak as the law of <see cref="IStore"/> allows: a list may be torn, and a commit that ended in an exception may come later.</remarks>
public sealed class StoreInstance : IStore
{
    private readonly Interleaving _run;
    private readonly IStore _inner;

    internal StoreInstance(Interleaving run, IStore inner, string name)
    {
        _run = run;
        _inner = inner;
        Name = name;
    }

    /// <summary>Names the process.</summary>
    public string Name { get; }

    /// <summary>Whether the process died: nothing that it does reaches the store any more.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Ends the process.</summary>
    public void Kill() => IsDead = true;

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        await TurnAsync("get", $"{key.Partition} {key.Row}");
        return await _inner.GetAsync(key, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken)
    {
        await TurnAsync("list", partition);
        DocumentPage early = await _inner.ListAsync(partition, range, cancellationToken);
        if (!_run.IsPlaying) return early;
        await TurnAsync("list on", partition);
        DocumentPage late = await _inner.ListAsync(partition, range, cancellationToken);
        return Tear(early, late, range.Limit);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        switch (await TurnAsync("commit", partition, changes))
        {
            case Fate.DiesBefore:
                Kill();
                throw Died();
            case Fate.Lost:
                throw new StoreUnavailableException("the commit was lost");
            case Fate.Late:
                _run.DoLater(this, partition, changes, _inner);
                throw new StoreUnavailableException("the outcome of the commit is unknown");
            case Fate.Untold:
                await _inner.CommitAsync(partition, changes, cancellationToken);
                throw new StoreUnavailableException("the answer to the commit was lost");
            case Fate.DiesAfter:
                await _inner.CommitAsync(partition, changes, cancellationToken);
                Kill();
                throw Died();
            default:
                CommitResult result = await _inner.CommitAsync(partition, changes, cancellationToken);
                if (result is CommitResult.Conflicted conflict) _run.Note($"  conflict: {conflict.Reason} at {changes[conflict.ChangeIndex].Row}");
                return result;
        }
    }

    private async Task<Fate> TurnAsync(string verb, string place, IReadOnlyList<DocumentChange>? changes = null)
    {
        if (IsDead) throw Died();
        Fate fate = await _run.WaitAsync(this, verb, place, changes);
        return IsDead ? throw Died() : fate;
    }

    // The rows before some place as they were at first, those behind it as they were at last; each was so while the list ran.
    private DocumentPage Tear(DocumentPage early, DocumentPage late, int limit)
    {
        string[] rows = [.. early.Documents.Concat(late.Documents).Select(document => document.Key.Row).Distinct().Order(StringComparer.Ordinal)];
        bool isSame = early.Documents.Select(document => document.Version).SequenceEqual(late.Documents.Select(document => document.Version));
        if (isSame || early.Next is not null || late.Next is not null || rows.Length > limit) return late;
        int kept = _run.PickFault(rows.Length + 1);
        if (kept == 0) return late;
        _run.Note($"  torn before {(kept < rows.Length ? rows[kept] : "its end")}");
        var first = rows.Take(kept).ToHashSet(StringComparer.Ordinal);
        return new DocumentPage(
            [.. early.Documents.Where(document => first.Contains(document.Key.Row)), .. late.Documents.Where(document => !first.Contains(document.Key.Row))], null);
    }

    private StoreUnavailableException Died() => new($"{Name} died");
}
