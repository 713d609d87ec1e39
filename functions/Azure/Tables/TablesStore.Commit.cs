using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

public sealed partial class TablesStore
{
    /// <inheritdoc/>
    public async ValueTask<CommitResult> CommitAsync(
        string partition, IReadOnlyList<DocumentChange> changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<DocumentChange> snapshot = StoreLimits.CheckCommit(partition, changes);
        using StorageCall call = _client.Begin(cancellationToken);
        string operation = WriteTrail.NewOperation();
        EntityWrite[] writes = [.. snapshot.Select(change => EntityWrite.Of(change, operation))];
        return writes.All(write => write is { IsInsert: true, Stays: false })
            ? await CommitGuardedAsync(call, partition, writes, operation)
            : await CommitPlainAsync(call, partition, writes, operation);
    }

    private static CommitResult.Committed Committed(EntityWrite[] writes, IReadOnlyList<string?> etags) =>
        new([.. writes.Select((write, index) => write.VersionOf(etags[index]))]);

    // One of its changes at least fails for ever once it happened: a version never comes back, and a row that stays is taken.
    private async Task<CommitResult> CommitPlainAsync(StorageCall call, string partition, EntityWrite[] writes, string operation)
    {
        StorageAnswer answer = writes.Length == 1 ? await WriteAsync(call, partition, writes[0]) : await WriteBatchAsync(call, partition, writes);
        if (answer.IsSuccess) return Committed(writes, answer.ETags);
        if (answer.ConflictOf(writes[answer.FailedIndex]) is not { } reason) throw answer.Unexpected("a commit");
        var conflict = new CommitResult.Conflicted(answer.FailedIndex, reason);
        return answer.FollowsLostTry ? await ResolveAsync(call, partition, writes, operation, conflict) : conflict;
    }

    // The contradiction may be with an earlier try of the same commit, whose answer was lost.
    private async Task<CommitResult> ResolveAsync(
        StorageCall call, string partition, EntityWrite[] writes, string operation, CommitResult.Conflicted conflict)
    {
        var stored = new Dictionary<string, TableEntity?>(StringComparer.Ordinal);
        foreach (EntityWrite write in writes.OrderBy(write => write.IsDelete))
        {
            stored[write.Row] = await ReadAsync(call, new DocumentKey(partition, write.Row));
            switch (LostCommit.Judge(write, operation, stored[write.Row]?.Version.Trail))
            {
                case LostCommit.Outcome.Happened:
                    return await FindVersionsAsync(call, partition, writes, stored);
                case LostCommit.Outcome.Never:
                // Nor will it, for what it contradicts is no row that somebody may yet delete.
                case LostCommit.Outcome.NotYet when conflict.Reason != ConflictReason.Exists || writes[conflict.ChangeIndex].Stays:
                    return conflict;
            }
        }

        throw new StoreUnavailableException("the answer to a commit was lost, and what is stored does not tell whether it happened");
    }

    private async Task<CommitResult> FindVersionsAsync(
        StorageCall call, string partition, EntityWrite[] writes, Dictionary<string, TableEntity?> stored)
    {
        var versions = new DocumentVersion?[writes.Length];
        for (int index = 0; index < writes.Length; index++)
        {
            EntityWrite write = writes[index];
            if (write.IsDelete) continue;
            if (!stored.TryGetValue(write.Row, out TableEntity? entity)) entity = await ReadAsync(call, new DocumentKey(partition, write.Row));
            versions[index] = LostCommit.VersionOf(write, entity?.Version);
        }

        return new CommitResult.Committed(versions);
    }

    private async Task<StorageAnswer> WriteAsync(StorageCall call, string partition, EntityWrite write)
    {
        StorageAnswer answer = await call.SendAsync(request => _requests.Write(request, partition, write));
        if (answer.IsSuccess && answer.Status is not (201 or 204)) throw answer.Unexpected("a write");
        return answer with { ETags = [answer.ETag] };
    }

    private Task<StorageAnswer> WriteBatchAsync(StorageCall call, string partition, EntityWrite[] writes) => call.SendAsync(
        request => _requests.WriteBatch(request, partition, writes), answer => BatchReader.Read(answer, writes.Length));
}
