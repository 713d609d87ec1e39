using System.Buffers;
using System.Security.Cryptography;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Hosts;

/// <summary>Creates enrollment tokens and lets each be used once.</summary>
/// <remarks>
/// Partition <c>hosts</c>, so that a token is used up in the commit that keeps the host: row <c>t:ID</c> is the token, row
/// <c>u:RESOURCE:ID</c> lists it under its resource.
/// </remarks>
public sealed partial class EnrollmentTokenRegistry
{
    /// <summary>Most tokens of one resource, used ones of the last month too.</summary>
    public const int MaximumCountPerResource = 1000;

    private const int IdLength = 16;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly SearchValues<char> IdUnits = SearchValues.Create(IdAlphabet);
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private readonly IStore _store;
    private readonly OwnedDocuments<EnrollmentToken> _tokens;
    private readonly ResourceTree _tree;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where tokens lie.</param>
    /// <param name="tree">Says which resources there are.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="clock">Says which tokens have expired.</param>
    public EnrollmentTokenRegistry(IStore store, ResourceTree tree, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _tokens = DocumentsIn(store);
        _tree = tree;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Shortest life.</summary>
    public static TimeSpan MinimumLife { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest life.</summary>
    public static TimeSpan MaximumLife { get; } = TimeSpan.FromDays(1);

    /// <summary>Life of a token whose creator names none.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromHours(1);

    /// <summary>Creates a token.</summary>
    /// <param name="caller">Who does it; its right over the resource is checked beforehand.</param>
    /// <param name="place">What the host becomes.</param>
    /// <param name="life">How long it can be used; null for <see cref="DefaultLife"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The token and its secret; <see cref="Refusal.NotFound"/> for no resource, <see cref="Refusal.Invalid"/> for one without an sshd of
    /// its own or without that instance, <see cref="Refusal.Conflict"/> when the resource has too many.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<CreatedEnrollmentToken>> CreateAsync(
        Caller caller, HostPlace place, TimeSpan? life, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (life < MinimumLife || life > MaximumLife)
        {
            return new Refusal.Invalid(
                "lifetimeSeconds", "the wished life is out of bounds", $"give {MinimumLife.TotalSeconds} to {MaximumLife.TotalSeconds} seconds");
        }

        if (!(await place.FindAsync(_tree, cancellationToken)).Try(out _, out Refusal? refusal)) return refusal;
        DateTimeOffset now = _clock.GetUtcNow();
        if (await ForgetOldAsync(place.Resource, now, cancellationToken) >= MaximumCountPerResource)
            return new Refusal.Conflict($"{place.Resource} has {MaximumCountPerResource} enrollment tokens", "remove those that nobody uses: sshfn host tokens list");
        Secret secret = Secret.Generate();
        var token = new EnrollmentToken(
            RandomNumberGenerator.GetString(IdAlphabet, IdLength), place.Resource, place.Instance, caller.Subject, now, now + (life ?? DefaultLife), secret.Hash());
        var intent = new JournalEvent.EnrollmentTokenCreated(token.Id, token.Resource, token.Instance, token.Expires);
        return await _journal.RunAsync<CreatedEnrollmentToken>(caller, intent, async () =>
            await _tokens.TryInsertAsync(token, cancellationToken)
                ? new CreatedEnrollmentToken(token, secret)
                : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1)), cancellationToken);
    }

    /// <summary>One token.</summary>
    /// <param name="id">Public half.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token, used and expired ones too; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<EnrollmentToken?> FindAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? (await _tokens.ReadAsync(id, cancellationToken))?.Value : null;

    /// <summary>Every token, by identifier; used and expired ones are remembered for a month.</summary>
    /// <param name="after">Starts after the token of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tokens.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<EnrollmentToken> ListAsync(string? after, CancellationToken cancellationToken) =>
        _tokens.ListAsync(null, after, cancellationToken);

    /// <summary>Removes a token; it enrolls nobody from then on. A host that it enrolled stays.</summary>
    /// <param name="caller">Who does it; its right over the resource is checked beforehand.</param>
    /// <param name="token">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when it is gone already.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, EnrollmentToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        return await _journal.RunAsync<Done>(caller, new JournalEvent.EnrollmentTokenRemoved(token.Id, token.Resource), async () =>
            await _tokens.TryRemoveAsync(token, cancellationToken)
                ? Done.Instance
                : new Refusal.NotFound($"there is no enrollment token {token.Id}", "list them: sshfn host tokens list"), cancellationToken);
    }

    /// <summary>Forgets tokens that ended long ago.</summary>
    /// <returns>How many the resource has left.</returns>
    private async Task<int> ForgetOldAsync(ResourcePath resource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        EnrollmentToken[] all = await _tokens.ListAsync(resource.Text, null, cancellationToken).ToArrayAsync(cancellationToken);
        EnrollmentToken[] old = [.. all.Where(token => token.Expires + Remembered <= now)];
        foreach (EnrollmentToken token in old) await _tokens.TryRemoveAsync(token, cancellationToken);
        return all.Length - old.Length;
    }

    private static bool IsId(string id) => id.Length == IdLength && !id.AsSpan().ContainsAnyExcept(IdUnits);
}
