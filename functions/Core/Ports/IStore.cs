namespace SshFunctions.Core.Ports;

/// <summary>A small versioned document store, drawn to fit the weakest backend (Azure Tables).</summary>
/// <remarks>
/// The law that every backend obeys and <c>StoreContract</c> tests:
/// <list type="bullet">
/// <item>Atomic: a commit touches one partition, at most <see cref="StoreLimits.MaximumChangeCount"/> changes and
/// <see cref="StoreLimits.MaximumCommitBytes"/>; it happens whole or not at all. There is no transaction over partitions.</item>
/// <item>Durable on return: a committed change survives the death of the process and of the machine.</item>
/// <item>Linearizable per key; read-your-writes over processes and restarts. A list is not a snapshot: a commit that runs
/// beside it may be seen in part.</item>
/// <item>No blind overwrite: an insert demands absence, a replace or a delete the version that was read. Of several
/// contradictions the one of the lowest index is told.</item>
/// <item>A row's versions never repeat, also when it is deleted and inserted again. A version from elsewhere is a stale one.</item>
/// <item>Every limit of <see cref="StoreLimits"/> is checked before anything else, with its two methods, so that a program that
/// works on one backend works on all.</item>
/// <item>Transient faults are retried by the backend, and an ambiguous outcome (a timeout after sending) is resolved by it
/// before it answers; what it can't resolve is a <see cref="StoreUnavailableException"/>.</item>
/// <item>At most once: a commit never happens a second time, also where others deleted meanwhile what it inserted; and one that was told
/// as a conflict never happens afterwards. One that ended in an exception may still happen, once, within a minute.</item>
/// <item>Thread safe; a body is never changed by either side after it was handed over.</item>
/// </list>
/// </remarks>
public interface IStore
{
    /// <summary>Reads one document.</summary>
    /// <param name="key">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The document, or null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The backend is away.</exception>
    ValueTask<StoredDocument?> GetAsync(DocumentKey key, CancellationToken cancellationToken);

    /// <summary>Reads the documents of a partition in ordinal order of their row, a page at a time.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="range">Which rows, and how many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page, at most <see cref="RowRange.Limit"/> documents; <see cref="DocumentPage.Next"/> continues.</returns>
    /// <exception cref="StoreUnavailableException">The backend is away.</exception>
    /// <exception cref="ArgumentException">The partition is no key, a bound no text of key characters, or the limit no page.</exception>
    ValueTask<DocumentPage> ListAsync(string partition, RowRange range, CancellationToken cancellationToken);

    /// <summary>Applies changes to one partition, all or none.</summary>
    /// <param name="partition">The partition of every change.</param>
    /// <param name="changes">1 to <see cref="StoreLimits.MaximumChangeCount"/> changes of distinct rows.</param>
    /// <param name="cancellationToken">Ends the wait; a commit that was begun may happen all the same.</param>
    /// <returns>The new versions, or the first change that contradicts what is stored.</returns>
    /// <exception cref="StoreUnavailableException">The backend is away, or an outcome could not be learned.</exception>
    /// <exception cref="ArgumentException">A limit is broken: none, too many or too large changes, or a row twice.</exception>
    ValueTask<CommitResult> CommitAsync(
        string partition,
        IReadOnlyList<DocumentChange> changes,
        CancellationToken cancellationToken);
}
