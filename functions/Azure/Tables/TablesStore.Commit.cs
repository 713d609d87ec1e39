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
        StorageAnswer answer = writes.Length == 1 ? await WriteAsync(call, partition, writes[0]) : await WriteBatchAsync(call, partition, writes);
        if (answer.IsSuccess)
            return new CommitResult.Committed([.. writes.Select((write, index) => write.VersionOf(answer.ETags[index]))]);
        if (answer.ConflictOf(writes[answer.FailedIndex].Change) is not { } reason) throw answer.Unexpected("a commit");
        var conflict = new CommitResult.Conflicted(answer.FailedIndex, reason);
        return answer.FollowsLostTry ? await ResolveAsync(call, partition, writes, operation, conflict) : conflict;
    }

    // The contradiction may be with an earlier try of the same commit, whose answer was lost.
    private async Task<CommitResult> ResolveAsync(
        StorageCall call, string partition, EntityWrite[] writes, string operation, CommitResult.Conflicted conflict)
    {
        var stored = new Dictionary<string, TableEntity?>(StringComparer.Ordinal);
        foreach (EntityWrite write in writes.OrderBy(write => write.Trail is null))
        {
            stored[write.Row] = await ReadAsync(call, new DocumentKey(partition, write.Row));
            bool? happened = LostCommit.Judge(write, operation, stored[write.Row]?.Version.Trail);
            if (happened == false) return conflict;
            if (happened == true) return await FindVersionsAsync(call, partition, writes, stored);
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
            if (write.Trail is null) continue;
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
