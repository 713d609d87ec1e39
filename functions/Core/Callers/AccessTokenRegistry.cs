using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Callers;

/// <summary>Creates access tokens and recognizes them.</summary>
/// <remarks>Partition <c>tokens</c>: row <c>t:ID</c> is the token, row <c>s:SUBJECT:ID</c> lists it under its subject.</remarks>
public sealed class AccessTokenRegistry
{
    /// <summary>Most characters of a name.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Most groups of a token.</summary>
    public const int MaximumGroupCount = 100;

    /// <summary>Most tokens of one subject that have not expired.</summary>
    public const int MaximumLiveCount = 100;

    /// <summary>Most tokens above one that was made with a token that was made with a token.</summary>
    public const int MaximumAncestorCount = 4;

    /// <summary>Longest life of a token.</summary>
    public static TimeSpan MaximumLife { get; } = TimeSpan.FromDays(366);

    /// <summary>Life of a token whose creator names none.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromDays(30);

    private const string Partition = "tokens";
    private const int IdLength = 16;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> IdUnits = SearchValues.Create(IdAlphabet);
    private static readonly string DecoyHash = new('A', 43);
    private readonly IStore _store;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where tokens lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="clock">Says which tokens have expired.</param>
    public AccessTokenRegistry(IStore store, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Creates a token.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="kind">What sort of party it speaks for.</param>
    /// <param name="subject">Whom it speaks for.</param>
    /// <param name="groups">Groups of the subject.</param>
    /// <param name="expires">UTC, exclusive; in the future, at most <see cref="MaximumLife"/> away.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The token and its secret; <see cref="Refusal.Invalid"/>, or <see cref="Refusal.Conflict"/> when the subject has too many or the
    /// caller's own token has too many above it.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<CreatedAccessToken>> CreateAsync(
        Caller caller,
        string name,
        CallerKind kind,
        Subject subject,
        ImmutableArray<GroupName> groups,
        DateTimeOffset expires,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        DateTimeOffset now = _clock.GetUtcNow();
        if (FreeText.FaultOf(name, "name", MaximumNameLength, required: true) is { } fault) return fault;
        if (kind == CallerKind.System)
            return new Refusal.Invalid("kind", "the broker itself has no access token", "choose person, service or host");
        if (groups.Length > MaximumGroupCount)
            return new Refusal.Invalid("groups", $"there are more than {MaximumGroupCount} groups", "name fewer");
        if (expires <= now)
            return new Refusal.Invalid("expires", $"{expires.UtcDateTime:u} is past", "give a time in the future, as in 2030-01-31T00:00:00Z");
        if (expires > now + MaximumLife)
            return new Refusal.Invalid("expires", $"{expires.UtcDateTime:u} is more than 366 days away", "choose an earlier time");
        // What an admin makes for somebody else belongs to that one, not to the admin's own token.
        string? parent = subject == caller.Subject ? caller.TokenId : null;
        if (await FaultOfPlaceAsync(subject, parent, now, cancellationToken) is { } conflict) return conflict;
        Secret secret = Secret.Generate();
        var token = new AccessToken(
            RandomNumberGenerator.GetString(IdAlphabet, IdLength), name, kind, subject, groups, now, expires, secret.Hash(), parent);
        var intent = new JournalEvent.TokenCreated(token.Id, name, kind, subject, groups, expires);
        return await _journal.RunAsync<CreatedAccessToken>(caller, intent, async () =>
        {
            byte[] body = Json.Encode(token, CoreJson.Default.AccessToken);
            CommitResult result = await _store.CommitAsync(
                Partition,
                [new DocumentChange.Insert(RowOf(token.Id), body), new DocumentChange.Insert(ListRowOf(token), body)],
                cancellationToken);
            return result is CommitResult.Committed
                ? new CreatedAccessToken(token, secret)
                : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1));
        }, cancellationToken);
    }

    /// <summary>Recognizes a caller.</summary>
    /// <param name="id">Public half of a token, as it was sent.</param>
    /// <param name="secret">The secret, as it was sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The caller, or <see cref="Refusal.Unauthenticated"/>: the same words for an unknown token and a wrong secret.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Caller>> AuthenticateAsync(string id, Secret secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        AccessToken? token = IsId(id) ? await FindAsync(id, cancellationToken) : null;
        // An unknown token costs the same comparison as a known one.
        bool matches = secret.Matches(token?.SecretHash ?? DecoyHash);
        if (token is null || !matches || await CountAncestorsAsync(token.Parent, cancellationToken) is null)
            return new Refusal.Unauthenticated("the access token is unknown", "sign in with a token that exists: sshfn login --token");
        if (_clock.GetUtcNow() >= token.Expires)
        {
            return new Refusal.Unauthenticated(
                $"the access token expired at {token.Expires.UtcDateTime:u}", "ask for a new token and sign in: sshfn login --token");
        }

        return new Caller(token.Kind, token.Subject, token.Groups, token.Id, token.Expires);
    }

    /// <summary>One token.</summary>
    /// <param name="id">Public half.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessToken?> FindAsync(string id, CancellationToken cancellationToken) => IsId(id)
        ? (await _store.ReadAsync(new DocumentKey(Partition, RowOf(id)), CoreJson.Default.AccessToken, cancellationToken))?.Value
        : null;

    /// <summary>Tokens of a subject, or of everybody.</summary>
    /// <param name="subject">Whose; null for everybody's.</param>
    /// <param name="after">Starts after the token of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens, expired ones too.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<AccessToken> ListAsync(Subject? subject, string? after, CancellationToken cancellationToken)
    {
        string prefix = subject is { } whose ? $"s:{DocumentKey.ShortSegment(whose.Text)}:" : "t:";
        return _store.ReadAllAsync(Partition, RowRange.StartingWith(prefix).After(after is null ? null : prefix + after), CoreJson.Default.AccessToken, cancellationToken);
    }

    /// <summary>Removes a token; it is worth nothing from the next request on.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="token">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when it is gone already.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, AccessToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return await _journal.RunAsync<Done>(caller, new JournalEvent.TokenRemoved(token.Id, token.Subject), async () =>
        {
            StoredDocument? stored = await _store.GetAsync(new DocumentKey(Partition, RowOf(token.Id)), cancellationToken);
            StoredDocument? listed = await _store.GetAsync(new DocumentKey(Partition, ListRowOf(token)), cancellationToken);
            if (stored is null || listed is null) return new Refusal.NotFound($"there is no access token {token.Id}");
            CommitResult result = await _store.CommitAsync(
                Partition,
                [
                    new DocumentChange.Delete(stored.Key.Row, stored.Version),
                    new DocumentChange.Delete(listed.Key.Row, listed.Version),
                ],
                cancellationToken);
            return result is CommitResult.Committed ? Done.Instance : new Refusal.NotFound($"there is no access token {token.Id}");
        }, cancellationToken);
    }

    private async Task<Refusal.Conflict?> FaultOfPlaceAsync(
        Subject subject, string? parent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await CountAncestorsAsync(parent, cancellationToken) is null or > MaximumAncestorCount)
        {
            return new Refusal.Conflict(
                $"the access token of this request was made with a token that was made with a token, {MaximumAncestorCount} times over, or was removed",
                "make the new one with an older token, or ask an admin for one");
        }

        int live = 0;
        await foreach (AccessToken token in ListAsync(subject, null, cancellationToken))
        {
            if (token.Expires > now) live++;
            if (live == MaximumLiveCount)
            {
                return new Refusal.Conflict(
                    $"{subject} has {MaximumLiveCount} access tokens already", "remove one that nobody uses: sshfn token list, sshfn token remove ID");
            }
        }

        return null;
    }

    /// <summary>How many tokens a new one would have above it; null when one of them was removed.</summary>
    private async Task<int?> CountAncestorsAsync(string? parent, CancellationToken cancellationToken)
    {
        int count = 0;
        // No token is made with more above it, so the bound only keeps a damaged store from leading in circles.
        for (; parent is not null && count <= MaximumAncestorCount; count++)
        {
            AccessToken? above = await FindAsync(parent, cancellationToken);
            if (above is null) return null;
            parent = above.Parent;
        }

        return count;
    }

    private static bool IsId(string id) => id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(IdUnits);

    private static string RowOf(string id) => $"t:{id}";

    private static string ListRowOf(AccessToken token) => $"s:{DocumentKey.ShortSegment(token.Subject.Text)}:{token.Id}";
}
