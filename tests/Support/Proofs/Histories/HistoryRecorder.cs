using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>Calls stores and writes down what was asked and answered. Thread safe.</summary>
/// <remarks>Times are of the machine's monotonic clock, which all its processes share.</remarks>
public sealed class HistoryRecorder
{
    private readonly ConcurrentQueue<HistoryOperation> _operations = new();
    private readonly Action<HistoryOperation>? _told;

    /// <summary>Makes it.</summary>
    /// <param name="told">Told of each operation twice, before it is begun and when it is answered; null for nobody.</param>
    public HistoryRecorder(Action<HistoryOperation>? told = null) => _told = told;

    /// <summary>What was written down so far, in no order.</summary>
    public IReadOnlyCollection<HistoryOperation> Operations => _operations;

    /// <summary>Calls a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="call">What.</param>
    /// <returns>The answer; null where the store could not tell.</returns>
    public async Task<HistoryAnswer?> CallAsync(IStore store, int client, string partition, HistoryCall call)
    {
        var begun = new HistoryOperation(client, partition, call, Stopwatch.GetTimestamp(), null, null);
        _told?.Invoke(begun);
        try
        {
            HistoryAnswer answer = await AskAsync(store, partition, call);
            Keep(begun with { Returned = Stopwatch.GetTimestamp(), Answer = answer });
            return answer;
        }
        catch (StoreUnavailableException)
        {
            Keep(begun);
            return null;
        }
    }

    /// <summary>Adds what another recorder wrote down.</summary>
    /// <param name="operation">The operation.</param>
    public void Add(HistoryOperation operation) => _operations.Enqueue(operation);

    private void Keep(HistoryOperation operation)
    {
        _operations.Enqueue(operation);
        if (operation.Answer is not null) _told?.Invoke(operation);
    }

    private static async Task<HistoryAnswer> AskAsync(IStore store, string partition, HistoryCall call)
    {
        switch (call)
        {
            case HistoryCall.Read get:
                StoredDocument? document = await store.GetAsync(new DocumentKey(partition, get.Row), CancellationToken.None);
                return new HistoryAnswer.Found(document is null ? [] : [RowOf(document)]);
            case HistoryCall.List:
                DocumentPage page = await store.ListAsync(partition, RowRange.All, CancellationToken.None);
                return new HistoryAnswer.Found([.. page.Documents.Select(RowOf)]);
            default:
                DocumentChange[] changes = [.. ((HistoryCall.Commit)call).Changes.Select(ChangeOf)];
                return await store.CommitAsync(partition, changes, CancellationToken.None) switch
                {
                    CommitResult.Committed done => new HistoryAnswer.Committed([.. done.Versions.Select(version => version?.Token)]),
                    CommitResult.Conflicted conflict => new HistoryAnswer.Conflicted(conflict.ChangeIndex, conflict.Reason),
                    _ => throw new InvalidOperationException("another result"),
                };
        }
    }

    private static HistoryRow RowOf(StoredDocument document) =>
        new(document.Key.Row, document.Version.Token, Encoding.UTF8.GetString(document.Body.Span));

    private static DocumentChange ChangeOf(HistoryChange change) => change switch
    {
        { Value: { } value, Version: null } => new DocumentChange.Insert(change.Row, Encoding.UTF8.GetBytes(value)),
        { Value: { } value, Version: { } version } => new DocumentChange.Replace(change.Row, Encoding.UTF8.GetBytes(value), new DocumentVersion(version)),
        _ => new DocumentChange.Delete(change.Row, new DocumentVersion(change.Version!)),
    };
}
