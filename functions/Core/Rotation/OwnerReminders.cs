using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>Tells, once for each threshold, that a registered key or an access token is about to expire.</summary>
/// <remarks>
/// Partition <c>reminders</c>: row <c>EXPIRY:KIND:ID:DAYS</c>, so that what is over stands first and is forgotten. It is recorded, then
/// marked: a reminder is at worst given twice and never lost.
/// </remarks>
public sealed class OwnerReminders
{
    private const string Partition = "reminders";
    private const int ForgetCount = 50;
    private static readonly int[] Thresholds = [1, 3, 14];
    private readonly IStore _store;
    private readonly KeyRegistry _keys;
    private readonly AccessTokenRegistry _tokens;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Remembers what was told.</param>
    /// <param name="keys">Registered keys.</param>
    /// <param name="tokens">Access tokens.</param>
    /// <param name="journal">Where it is told.</param>
    /// <param name="clock">Says what is about to expire.</param>
    public OwnerReminders(IStore store, KeyRegistry keys, AccessTokenRegistry tokens, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _keys = keys;
        _tokens = tokens;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Tells what is due.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many reminders were given.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task<int> RemindAsync(CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (RegisteredKey key in _keys.ListAsync(null, null, cancellationToken))
        {
            if (key.Expires is { } expires && DueOf(key.Created, expires) is { } days)
                count += await TellAsync($"key:{key.Id}", expires, days, new JournalEvent.KeyExpiring(key.Owner, key.Name, key.Fingerprint, expires, days), cancellationToken);
        }

        await foreach (AccessToken token in _tokens.ListAsync(null, null, cancellationToken))
        {
            if (!IsRenewedByItself(token) && DueOf(token.Created, token.Expires) is { } days)
                count += await TellAsync($"token:{token.Id}", token.Expires, days, new JournalEvent.TokenExpiring(token.Id, token.Name, token.Subject, token.Expires, days), cancellationToken);
        }

        await _store.ForgetAsync(Partition, "", _clock.GetUtcNow(), ForgetCount, cancellationToken);
        return count;
    }

    // A host rotates its own, a sign-in is made again each day, and one that was rotated has a successor.
    private static bool IsRenewedByItself(AccessToken token) => token.Kind == CallerKind.Host || token.SshKey is not null || token.Rotated is not null;

    /// <summary>The narrowest threshold that is passed. Of what lives no longer than a threshold nobody needs to be told so at once.</summary>
    private int? DueOf(DateTimeOffset created, DateTimeOffset expires)
    {
        TimeSpan left = expires - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero) return null;
        foreach (int days in Thresholds)
        {
            if (left <= TimeSpan.FromDays(days)) return expires - created > TimeSpan.FromDays(days) ? days : null;
        }

        return null;
    }

    private async Task<int> TellAsync(string what, DateTimeOffset expires, int days, JournalEvent reminder, CancellationToken cancellationToken)
    {
        var mark = new DocumentKey(Partition, $"{ExpiringRows.Stamp(expires)}:{what}:{days}");
        if (await _store.GetAsync(mark, cancellationToken) is not null) return 0;
        await _journal.AppendAsync(Caller.System, reminder, cancellationToken);
        await _store.TryPutAsync(mark, Json.Encode(new Reminder(_clock.GetUtcNow()), CoreJson.Default.Reminder), null, cancellationToken);
        return 1;
    }
}
