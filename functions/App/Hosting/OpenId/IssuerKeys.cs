using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;

namespace SshFunctions.App.Hosting.OpenId;

/// <summary>An issuer's keys as they were last seen, fetched again when they are old or lack one that a token names.</summary>
/// <remarks>
/// Thread safe; one fetch at a time. While the issuer is away the last keys stay good for <see cref="OutageLimit"/>: a day without its
/// identity provider must not lock a company out of its servers. A key that the issuer withdraws counts no more after the next fetch.
/// </remarks>
internal sealed class IssuerKeys(string issuer, IssuerClient client, TimeProvider clock, ILogger<IssuerKeys> log)
{
    /// <summary>Age at which keys are fetched again beside the request.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>Age at which a request waits for newer ones, so that a quiet broker does not take a key withdrawn hours ago.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(20);

    /// <summary>Age at which keys are none.</summary>
    public static readonly TimeSpan OutageLimit = TimeSpan.FromHours(24);

    /// <summary>
    /// Least time between two fetches for their age, and between two for a key that is not there: tokens with invented keys can't make
    /// the broker hammer the issuer, and a rotation just after a fetch is seen at once.
    /// </summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(30);

    /// <summary>The same while there are none, and what a caller is told to wait.</summary>
    public static readonly TimeSpan SpacingWithoutKeys = TimeSpan.FromSeconds(5);

    private static readonly EventId Fetched = new(30, "IssuerKeysFetched");
    private static readonly EventId Failed = new(31, "IssuerKeysUnavailable");

    private readonly Lock _lock = new();
    private Known? _known;
    private DateTimeOffset? _attempted;
    private DateTimeOffset? _searched;
    private bool _failed;
    private Task _fetch = Task.CompletedTask;

    /// <summary>The keys to judge a token by.</summary>
    /// <param name="keyId">Its <c>kid</c>.</param>
    /// <param name="cancellationToken">Ends the wait, not the fetch.</param>
    /// <returns>The keys, whether or not that one is among them; <see cref="Refusal.Unavailable"/> when that can't be told now.</returns>
    public async ValueTask<Result<IssuerKeySet>> ForAsync(string keyId, CancellationToken cancellationToken)
    {
        Known? known = Usable();
        TimeSpan age = known is null ? TimeSpan.MaxValue : clock.GetUtcNow() - known.Seen;
        if (age > FreshFor)
        {
            Task fetch = Fetch(ref _attempted, known is null ? SpacingWithoutKeys : Spacing);
            if (age > StaleAfter) await fetch.WaitAsync(cancellationToken);
            known = Usable();
        }

        if (known?.Keys.Contains(keyId) == false)
        {
            await Fetch(ref _searched, Spacing).WaitAsync(cancellationToken);
            known = Usable();
        }

        return known is not null && (known.Keys.Contains(keyId) || !Volatile.Read(ref _failed))
            ? known.Keys
            : new Refusal.Unavailable($"the keys of {issuer} can't be fetched, so its token can't be judged", SpacingWithoutKeys);
    }

    private Known? Usable()
    {
        Known? known = Volatile.Read(ref _known);
        return known is not null && clock.GetUtcNow() - known.Seen < OutageLimit ? known : null;
    }

    /// <summary>The fetch that runs, or a new one unless the last for that reason began too short a time ago.</summary>
    private Task Fetch(ref DateTimeOffset? last, TimeSpan spacing)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (!_fetch.IsCompleted || last + spacing > now) return _fetch;
            last = now;
            // Not under a request's token: others wait for the same fetch.
            return _fetch = Task.Run(() => FetchAsync(now), CancellationToken.None);
        }
    }

    private async Task FetchAsync(DateTimeOffset now)
    {
        if ((await client.FetchKeysAsync(CancellationToken.None)).Try(out IssuerKeySet? keys, out Refusal? refusal))
        {
            Volatile.Write(ref _known, new Known(keys, now));
            Volatile.Write(ref _failed, false);
            log.LogInformation(Fetched, "{Issuer} has {Count} keys", issuer, keys.Count);
            return;
        }

        Volatile.Write(ref _failed, true);
        log.LogWarning(Failed, "The keys of {Issuer} can't be fetched: {Reason}", issuer, refusal.Detail);
    }

    private sealed record Known(IssuerKeySet Keys, DateTimeOffset Seen);
}
