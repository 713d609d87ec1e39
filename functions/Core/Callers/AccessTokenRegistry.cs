using System.Buffers;
using System.Security.Cryptography;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Callers;

/// <summary>Creates access tokens and recognizes them.</summary>
/// <remarks>
/// Partition <c>tokens</c>: row <c>t:ID</c> is the token, row <c>s:SUBJECT:ID</c> lists it under its subject, row <c>a:ID</c> says that it was
/// taken in from elsewhere.
/// </remarks>
public sealed partial class AccessTokenRegistry
{
    /// <summary>Most characters of a name.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Most groups of a token.</summary>
    public const int MaximumGroupCount = 100;

    /// <summary>Most source addresses of a token.</summary>
    public const int MaximumSourceCount = 100;

    /// <summary>Most tokens of one subject that have not expired.</summary>
    public const int MaximumLiveCount = 100;

    /// <summary>Most tokens above one that was made with a token that was made with a token.</summary>
    public const int MaximumAncestorCount = 4;

    /// <summary>Longest life of a token.</summary>
    public static TimeSpan MaximumLife { get; } = TimeSpan.FromDays(366);

    /// <summary>Life of a token whose creator names none.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromDays(30);

    private const int IdLength = 16;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> IdUnits = SearchValues.Create(IdAlphabet);
    private readonly IStore _store;
    private readonly OwnedDocuments<AccessToken> _tokens;
    private readonly KeyRegistry _keys;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where tokens lie.</param>
    /// <param name="keys">Says whether the key still counts that a token was got with.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="clock">Says which tokens have expired.</param>
    public AccessTokenRegistry(IStore store, KeyRegistry keys, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _tokens = new(store, "tokens", "t:", "s:", CoreJson.Default.AccessToken, token => token.Id, token => token.Subject.Text);
        _keys = keys;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Creates a token.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="order">What it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The token and its secret; <see cref="Refusal.Invalid"/>, or <see cref="Refusal.Conflict"/> when the subject has too many or the
    /// caller's own token has too many above it.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<CreatedAccessToken>> CreateAsync(Caller caller, AccessTokenOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(order);
        DateTimeOffset now = _clock.GetUtcNow();
        if ((FaultOfHost(order) ?? FaultOf(order, now)) is { } fault) return fault;
        // What an admin makes for somebody else belongs to that one, not to the admin's own token.
        string? parent = order.Subject == caller.Subject ? caller.TokenId : null;
        if (await FaultOfPlaceAsync(order.Subject, order.SshKey is not null, parent, now, cancellationToken) is { } conflict) return conflict;
        Secret secret = Secret.Generate();
        AccessToken token = Make(order, parent, secret, now);
        JournalEvent intent = order.SshKey is { } key
            ? new JournalEvent.SignedIn(key, token.Id, token.Expires)
            : new JournalEvent.TokenCreated(
                token.Id, token.Name, token.Kind, token.Subject, token.Groups, token.Expires, token.SourceAddresses, token.UserName);
        return await _journal.RunAsync<CreatedAccessToken>(caller, intent, async () =>
            await _tokens.TryInsertAsync(token, cancellationToken)
                ? new CreatedAccessToken(token, secret)
                : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1)), cancellationToken);
    }

    /// <summary>Takes in a token whose secret was made elsewhere and never came here: once for ever, also when it was removed since.</summary>
    internal async Task AdoptAsync(SealedAccessToken made, AccessTokenOrder order, CancellationToken cancellationToken)
    {
        var mark = new DocumentKey("tokens", $"a:{made.Id}");
        if (await _store.GetAsync(mark, cancellationToken) is not null) return;
        AccessToken token = new(made.Id, order.Name, order.Kind, order.Subject, order.Groups, _clock.GetUtcNow(), order.Expires, made.SecretHash);
        var intent = new JournalEvent.TokenCreated(
            token.Id, token.Name, token.Kind, token.Subject, token.Groups, token.Expires, token.SourceAddresses, token.UserName);
        DocumentChange[] changes = [new DocumentChange.Insert(mark.Row, "{}"u8.ToArray()), .. _tokens.InsertsOf(token)];
        await _journal.RunAsync<Done>(Caller.System, intent, async () =>
            await _store.CommitAsync(mark.Partition, changes, cancellationToken) is CommitResult.Committed
                ? Done.Instance
                : new Refusal.Conflict($"the access token {token.Id} was taken in before"), cancellationToken);
    }

    /// <summary>One token.</summary>
    /// <param name="id">Public half.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessToken?> FindAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? (await _tokens.ReadAsync(id, cancellationToken))?.Value : null;

    /// <summary>Tokens of a subject, or of everybody.</summary>
    /// <param name="subject">Whose; null for everybody's.</param>
    /// <param name="after">Starts after the token of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens, expired ones too.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<AccessToken> ListAsync(Subject? subject, string? after, CancellationToken cancellationToken) =>
        _tokens.ListAsync(subject?.Text, after, cancellationToken);

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
            await _tokens.TryRemoveAsync(token, cancellationToken)
                ? Done.Instance
                : new Refusal.NotFound($"there is no access token {token.Id}"), cancellationToken);
    }

    /// <summary>Forgets sign-ins of a subject that have ended and made nothing that has not, a few at a time: one is left each working day.</summary>
    internal async Task RemoveSpentSignInsAsync(Subject subject, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        AccessToken[] all = await ListAsync(subject, null, cancellationToken).ToArrayAsync(cancellationToken);
        HashSet<string?> parents = [.. all.Select(token => token.Parent)];
        foreach (AccessToken spent in all.Where(token => token.SshKey is not null && token.Expires <= now && !parents.Contains(token.Id)).Take(4))
            await _tokens.TryRemoveAsync(spent, cancellationToken);
    }

    /// <summary>A random public half.</summary>
    internal static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    private static AccessToken Make(AccessTokenOrder order, string? parent, Secret secret, DateTimeOffset now) => new(
        NewId(),
        order.Name,
        order.Kind,
        order.Subject,
        order.Groups,
        now,
        order.Expires,
        secret.Hash(),
        parent,
        order.SourceAddresses,
        order.UserName,
        order.SshKey);

    private static Refusal.Invalid? FaultOf(AccessTokenOrder order, DateTimeOffset now)
    {
        if (FreeText.FaultOf(order.Name, "name", MaximumNameLength, required: true) is { } fault) return fault;
        if (order.Kind == CallerKind.System)
            return new Refusal.Invalid("kind", "the broker itself has no access token", "choose person or service");
        if (order.Groups.Length > MaximumGroupCount)
            return new Refusal.Invalid("groups", $"there are more than {MaximumGroupCount} groups", "name fewer");
        if (order.SourceAddresses is { Length: 0 or > MaximumSourceCount })
            return new Refusal.Invalid("sourceAddresses", "there are none, or too many", $"name 1 to {MaximumSourceCount}, or leave them out");
        if (order.Expires <= now)
            return new Refusal.Invalid("expires", $"{order.Expires.UtcDateTime:u} is past", "give a time in the future, as in 2030-01-31T00:00:00Z");
        return order.Expires > now + MaximumLife
            ? new Refusal.Invalid("expires", $"{order.Expires.UtcDateTime:u} is more than 366 days away", "choose an earlier time")
            : null;
    }

    private async Task<Refusal.Conflict?> FaultOfPlaceAsync(
        Subject subject, bool bySshKey, string? parent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAncestorsAsync(parent, cancellationToken) is not { Count: <= MaximumAncestorCount })
        {
            return new Refusal.Conflict(
                $"the access token of this request was made with a token that was made with a token, {MaximumAncestorCount} times over, or was removed",
                "make the new one with an older token, or ask an admin for one");
        }

        int live = 0;
        await foreach (AccessToken token in ListAsync(subject, null, cancellationToken))
        {
            // Sign-ins count apart, so that many of them keep nobody from making a token.
            if (token.Expires > now && token.SshKey is not null == bySshKey) live++;
            if (live == MaximumLiveCount)
            {
                return new Refusal.Conflict(
                    $"{subject} has {MaximumLiveCount} access tokens already", "remove one that nobody uses: sshfn token list, sshfn token remove ID");
            }
        }

        return null;
    }

    /// <summary>The tokens above one that is made with a token; null when one of them was removed.</summary>
    private async Task<List<AccessToken>?> FindAncestorsAsync(string? parent, CancellationToken cancellationToken)
    {
        var ancestors = new List<AccessToken>();
        // No token is made with more above it, so the bound only keeps a damaged store from leading in circles.
        while (parent is not null && ancestors.Count <= MaximumAncestorCount)
        {
            AccessToken? above = await FindAsync(parent, cancellationToken);
            if (above is null) return null;
            ancestors.Add(above);
            parent = above.Parent;
        }

        return ancestors;
    }

    /// <summary>Whether a text can be a public half.</summary>
    internal static bool IsId(string id) => id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(IdUnits);
}
