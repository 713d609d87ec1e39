using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Passcodes;

/// <summary>Counts wrong codes in the store, so that the count holds over brokers and restarts, and locks their targets.</summary>
/// <remarks>
/// Partition <c>passcode-guesses:HOST</c>: row <c>s:LOGIN:SOURCE</c> counts one source, row <c>l:LOGIN</c> all of them. A wrong code that
/// can't be counted is an exception, which refuses it. Each count forgets a few old rows that follow its own.
/// </remarks>
internal sealed class GuessLocks(IStore store, TimeProvider clock)
{
    private const int PruneCount = 8;
    private const int MostTries = 200;

    /// <summary>Until when a target is locked; null when it is not.</summary>
    public async Task<DateTimeOffset?> FindLockAsync(GuessTarget target, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? until = null;
        foreach (string row in new[] { target.SourceRow, target.LoginRow })
        {
            if (await ReadAsync(target, row, cancellationToken) is { Value: var count } && count.IsLocked(now) && !(until > count.LockedUntil))
                until = count.LockedUntil;
        }

        return until;
    }

    /// <summary>Counts a wrong code. Once a target is locked, further ones that came at the same time change nothing.</summary>
    /// <exception cref="StoreUnavailableException">It can't be counted.</exception>
    public async Task CountAsync(GuessTarget target, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            DateTimeOffset now = clock.GetUtcNow();
            Stored<GuessCount>? source = await ReadAsync(target, target.SourceRow, cancellationToken);
            Stored<GuessCount>? login = await ReadAsync(target, target.LoginRow, cancellationToken);
            if (source?.Value.IsLocked(now) == true || login?.Value.IsLocked(now) == true) return;
            DocumentChange[] changes =
            [
                ChangeOf(target.SourceRow, source, GuessLimit.OfSource.Next(source?.Value, now)),
                ChangeOf(target.LoginRow, login, GuessLimit.OfLogin.Next(login?.Value, now)),
            ];
            if (await CommitAsync(target, changes, now, cancellationToken)) return;
        }

        throw new StoreUnavailableException("too many wrong codes at once to count them");
    }

    /// <summary>Whether a code that came while its target is locked is the first of that lock: the journal is told of it alone.</summary>
    public async Task<bool> TryTellAsync(GuessTarget target, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool first = false;
        foreach (string row in new[] { target.SourceRow, target.LoginRow })
        {
            if (await ReadAsync(target, row, cancellationToken) is not { Value: { Told: false } count } read || !count.IsLocked(now)) continue;
            CommitResult result = await store.CommitAsync(target.Partition, [ChangeOf(row, read, count with { Told = true })], cancellationToken);
            first |= result is CommitResult.Committed;
        }

        return first;
    }

    private async Task<bool> CommitAsync(GuessTarget target, DocumentChange[] changes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DocumentChange[] forgotten = [.. await FindForgottenAsync(target, now, cancellationToken)];
        CommitResult result = await store.CommitAsync(target.Partition, [.. changes, .. forgotten], cancellationToken);
        // Somebody else forgot one meanwhile, which is as well.
        if (result is CommitResult.Conflicted conflict && conflict.ChangeIndex >= changes.Length)
            result = await store.CommitAsync(target.Partition, changes, cancellationToken);
        return result is CommitResult.Committed;
    }

    private async Task<IEnumerable<DocumentChange>> FindForgottenAsync(GuessTarget target, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DocumentPage page = await store.ListAsync(target.Partition, RowRange.All.After(target.SourceRow).Take(PruneCount), cancellationToken);
        return page.Documents
            .Where(document => document.Key.Row != target.LoginRow && Json.Decode(document.Body, CoreJson.Default.GuessCount).IsForgotten(now))
            .Select(document => new DocumentChange.Delete(document.Key.Row, document.Version));
    }

    private ValueTask<Stored<GuessCount>?> ReadAsync(GuessTarget target, string row, CancellationToken cancellationToken) =>
        store.ReadAsync(new DocumentKey(target.Partition, row), CoreJson.Default.GuessCount, cancellationToken);

    private static DocumentChange ChangeOf(string row, Stored<GuessCount>? read, GuessCount count)
    {
        byte[] body = Json.Encode(count, CoreJson.Default.GuessCount);
        return read is null ? new DocumentChange.Insert(row, body) : new DocumentChange.Replace(row, body, read.Version);
    }
}
