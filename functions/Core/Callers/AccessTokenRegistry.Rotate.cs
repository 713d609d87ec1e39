using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Callers;

public sealed partial class AccessTokenRegistry
{
    /// <summary>Longest time for which a token that was rotated is still good.</summary>
    public static TimeSpan MaximumOverlap { get; } = TimeSpan.FromDays(30);

    /// <summary>Puts a new token in the place of another; both are good for a while, so that nobody is locked out meanwhile.</summary>
    /// <param name="caller">Who does it; its right to the new one is checked beforehand.</param>
    /// <param name="token">The one that goes.</param>
    /// <param name="expires">UTC, exclusive: the end of the one that comes; at most <see cref="MaximumLife"/> away.</param>
    /// <param name="overlap">How long the one that goes stays good, if it does not end before; 0 to <see cref="MaximumOverlap"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The new token and its secret; <see cref="Refusal.Invalid"/>; <see cref="Refusal.Denied"/> for a host's by anybody else; <see cref="Refusal.Conflict"/> when the old one has ended, was rotated
    /// before or came from an SSH key, or the subject has too many. A host's is rotated again while nobody showed the one that took its place:
    /// the answer was lost, and that one ends.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<CreatedAccessToken>> RotateAsync(
        Caller caller, AccessToken token, DateTimeOffset expires, TimeSpan overlap, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(token);
        DateTimeOffset now = _clock.GetUtcNow();
        if (overlap < TimeSpan.Zero || overlap > MaximumOverlap)
            return new Refusal.Invalid("overlapSeconds", "the overlap is out of bounds", $"give 0 to {MaximumOverlap.TotalSeconds} seconds");
        AccessTokenOrder order = AccessTokenOrder.Like(token) with { Expires = expires };
        // Whoever else held the new secret could speak for the host.
        if (token.Kind == CallerKind.Host && caller.TokenId != token.Id)
            return new Refusal.Denied("a host's token is rotated by the host alone, with that token", "on the host: sshfn host refresh");
        if (FaultOf(order, now) is { } fault) return fault;
        // One token must not buy what outlives it: what it makes of another of its subject's is made with it, as a new one would be.
        string? parent = token.Subject == caller.Subject && caller.TokenId is { } by && by != token.Id ? by : token.Parent;
        if (await FaultOfPlaceAsync(token.Subject, token.SshKey is not null, parent, now, cancellationToken) is { } conflict) return conflict;
        Stored<AccessToken>? stored = await _tokens.ReadAsync(token.Id, cancellationToken);
        Stored<AccessToken>? lost = await FindLostAsync(stored?.Value, cancellationToken);
        if (FaultOfRotation(stored?.Value, lost is not null, now) is { } unfit) return unfit;
        DateTimeOffset until = stored!.Value.Expires < now + overlap ? stored.Value.Expires : now + overlap;
        Secret secret = Secret.Generate();
        bool ofHost = token.Kind == CallerKind.Host;
        AccessToken successor = Make(order, parent, secret, now) with { Unused = ofHost };
        AccessToken rotated = stored.Value with { Expires = until, Rotated = now, Successor = ofHost ? successor.Id : null };
        var intent = new JournalEvent.TokenRotated(token.Id, successor.Id, token.Subject, until, expires);
        return await _journal.RunAsync<CreatedAccessToken>(caller, intent, async () =>
            await _tokens.TryChangeAsync(stored, rotated, successor, lost, cancellationToken)
                ? new CreatedAccessToken(successor, secret)
                : new Refusal.Conflict($"access token {token.Id} was changed at the same time", "look at it: sshfn token list"), cancellationToken);
    }

    /// <summary>What took the place of a host's token and was never shown; null when there is none, so that the token stays rotated.</summary>
    private async Task<Stored<AccessToken>?> FindLostAsync(AccessToken? token, CancellationToken cancellationToken) =>
        token is { Kind: CallerKind.Host, Successor: { } successor } && await _tokens.ReadAsync(successor, cancellationToken) is { Value.Unused: true } lost
            ? lost
            : null;

    private static Refusal? FaultOfRotation(AccessToken? token, bool again, DateTimeOffset now)
    {
        if (token is null) return new Refusal.NotFound("there is no such access token");
        string id = token.Id;
        if (token.Rotated is { } before && !again)
            return new Refusal.Conflict($"access token {id} was rotated at {before.UtcDateTime:u}", "rotate the one that took its place: sshfn token list");
        if (token.SshKey is not null)
            return new Refusal.Conflict($"access token {id} came from an SSH key", "sign in with the key again: sshfn login --ssh-key FILE");
        return token.Expires <= now
            ? new Refusal.Conflict($"access token {id} expired at {token.Expires.UtcDateTime:u}", "create a new one: sshfn token create NAME")
            : null;
    }
}
