using SshFunctions.Azure.Storage;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

public sealed partial class TablesStore
{
    // So that what is no more than tidy leaves the way to storage to those who wait for it.
    private const int RemovalCount = 8;

    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    /// <summary>Takes this process's guards out of the table, those that may go, in 2 s at most; nobody uses the store any more.</summary>
    /// <remarks>What stays, also of a process that was killed, is an entity of some 100 bytes for each guard; nothing ever reads it.</remarks>
    public async ValueTask DisposeAsync() => await RemoveAsync(_guards.TakeRemovable(), ClosePatience);

    // The guard stands first: of several contradictions storage tells the first, and the guard's says that the commit happened.
    private async Task<CommitResult> CommitGuardedAsync(StorageCall call, string partition, EntityWrite[] writes, string operation)
    {
        CommitGuard guard = _guards.Take(partition, operation);
        if (guard.Version is null) RemoveRested();
        return await TryGuardedAsync(call, guard, writes, operation)
            // Somebody took the guard away: a hand that tidied up the table, or a table from a backup.
            ?? await TryGuardedAsync(call, CommitGuard.New(partition, operation), writes, operation)
            ?? throw new StoreUnavailableException("storage refuses a new guard of a commit");
    }

    // Null where nothing happened because the guard was not what it was left as.
    private async Task<CommitResult?> TryGuardedAsync(StorageCall call, CommitGuard guard, EntityWrite[] writes, string operation)
    {
        CommitGuard? left = null;
        try
        {
            EntityWrite guarding = guard.Write(operation);
            EntityWrite[] guarded = [guarding, .. writes];
            StorageAnswer answer = await WriteBatchAsync(call, guard.Partition, guarded);
            if (answer.IsSuccess)
            {
                left = guard.MoveTo(guarding.StateOf(answer.ETags[0]), answer.FollowsLostTry);
                return Committed(writes, [.. answer.ETags.Skip(1)]);
            }

            if (answer.ConflictOf(guarded[answer.FailedIndex]) is not { } reason) throw answer.Unexpected("a commit");
            CommitResult.Conflicted? conflict = answer.FailedIndex == 0 ? null : new(answer.FailedIndex - 1, reason);
            if (answer.FollowsLostTry)
            {
                (CommitResult result, left) = await SettleAsync(call, guard, writes, operation, conflict);
                return result;
            }

            if (conflict is not null) left = guard;
            return conflict;
        }
        finally
        {
            if (left is null) _guards.Abandon(guard);
            else _guards.Leave(left);
        }
    }

    // A try got lost, and a later one met a contradiction. The lost one happened, or may still come: the guard is moved on, so that it
    // comes too late. Whose write the guard then names has decided.
    private async Task<(CommitResult Result, CommitGuard Left)> SettleAsync(
        StorageCall call, CommitGuard guard, EntityWrite[] writes, string operation, CommitResult.Conflicted? conflict)
    {
        string ending = WriteTrail.NewOperation();
        if (conflict is not null)
        {
            EntityWrite end = guard.Write(ending);
            StorageAnswer answer = await WriteAsync(call, guard.Partition, end);
            if (answer.IsSuccess) return (conflict, guard.MoveTo(end.StateOf(answer.ETag), isLost: true));
            if (answer.ConflictOf(end) is null) throw answer.Unexpected("the end of a commit");
        }

        EntityVersion? stored = await ReadGuardAsync(call, guard);
        if (stored is { Trail: { } trail } version)
        {
            CommitGuard left = guard.MoveTo(version, isLost: true);
            if (trail.Newest == operation) return (await FindVersionsAsync(call, guard.Partition, writes, new(StringComparer.Ordinal)), left);
            if (trail.Newest == ending) return (conflict!, left);
        }

        throw new StoreUnavailableException("the answer to a commit was lost, and its guard does not tell whether it happened");
    }

    // In the background: the commit that makes another guard does not wait for it.
    private void RemoveRested()
    {
        if (_guards.TakeRested() is { Count: > 0 } rested) _ = RemoveAsync(rested, SweepPatience);
    }

    // Best effort: those that stay are tried again later, or lie in the table for good, where no listing sees them.
    private async Task RemoveAsync(IReadOnlyList<CommitGuard> guards, TimeSpan time)
    {
        using var patience = new CancellationTokenSource(time, _clock);
        var few = new ParallelOptions { MaxDegreeOfParallelism = RemovalCount };
        await Parallel.ForEachAsync(guards, few, async (guard, _) => await RemoveAsync(guard, patience.Token));
    }

    private async Task RemoveAsync(CommitGuard guard, CancellationToken cancellationToken)
    {
        try
        {
            using StorageCall call = _client.Begin(cancellationToken);
            await WriteAsync(call, guard.Partition, guard.Remove());
        }
        catch (Exception failed) when (failed is StoreUnavailableException or OperationCanceledException)
        {
            _guards.Abandon(guard);
        }
    }
}
