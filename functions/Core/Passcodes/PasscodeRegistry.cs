using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Passcodes;

/// <summary>Mints one-time passcodes by the rules of certificates, and lets each open one login once.</summary>
public sealed partial class PasscodeRegistry
{
    /// <summary>Most passcodes of one subject that could still open something.</summary>
    public const int MaximumLiveCount = 20;

    private readonly PasscodeDocuments _documents;
    private readonly GuessLocks _guesses;
    private readonly PasscodeTakers _takers;
    private readonly AccessEvaluator _access;
    private readonly ResourceTree _tree;
    private readonly RevocationRegistry _revocations;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where passcodes and guesses lie.</param>
    /// <param name="access">Says who may enter, when one is minted and when it is used.</param>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="revocations">Says which serials are revoked.</param>
    /// <param name="journal">Records every mint, redemption and refusal.</param>
    /// <param name="clock">Expiry, and the end of locks.</param>
    public PasscodeRegistry(
        IStore store, AccessEvaluator access, ResourceTree tree, RevocationRegistry revocations, JournalWriter journal, TimeProvider clock)
    {
        _documents = new PasscodeDocuments(store);
        _guesses = new GuessLocks(store, clock);
        _takers = new PasscodeTakers(new HostRegistry(store));
        _access = access;
        _tree = tree;
        _revocations = revocations;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Shortest life: time to walk to a password prompt and type.</summary>
    public static TimeSpan MinimumLife { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Life where none is wished.</summary>
    public static TimeSpan DefaultLife { get; } = TimeSpan.FromSeconds(300);

    /// <summary>Longest life.</summary>
    public static TimeSpan MaximumLife { get; } = TimeSpan.FromSeconds(900);

    /// <summary>Mints a passcode.</summary>
    /// <param name="caller">Who wants it; a person.</param>
    /// <param name="order">What it shall open.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The passcode and its text, once its entry is durable; <see cref="Refusal.Invalid"/>; or <see cref="Refusal.Denied"/> and
    /// <see cref="Refusal.Conflict"/> (too many live ones, or no host there takes one), recorded.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away; no passcode was released.</exception>
    public async Task<Result<MintedPasscode>> MintAsync(Caller caller, PasscodeOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(order);
        if (FaultOf(order) is { } invalid) return invalid;
        DateTimeOffset now = _clock.GetUtcNow();
        AccessDecision decision =
            await _access.DecideAsync(caller, order.Resource, order.Login, now, AccessMeans.Passcode, cancellationToken);
        if (FaultOf(caller, order, decision, now) is { } denied) return await RefuseAsync(caller, order, denied, cancellationToken);
        if (!(await _takers.FindAsync(order, cancellationToken)).Try(out PasscodeTaker? taker, out Refusal? untaken))
            return await RefuseAsync(caller, order, untaken, cancellationToken);
        if ((await _documents.FindLiveAsync(caller.Subject, now, cancellationToken)).Count >= MaximumLiveCount)
            return await RefuseAsync(caller, order, TooManyLive(), cancellationToken);
        var allowed = (AccessDecision.Allowed)decision;
        DateTimeOffset expires = now + LifeOf(caller, order, allowed.Limits, now);
        var intent = new JournalEvent.PasscodeIssued(
            order.Resource.Path, order.Login, allowed.Grant.Id.Text, order.Instance, order.Source?.ToString(), expires);
        Result<MintedPasscode> minted = await _journal.RunAsync(
            caller, intent, entry => KeepAsync(caller, order, allowed.Grant, expires, entry, cancellationToken), cancellationToken);
        return minted.Try(out MintedPasscode? passcode, out Refusal? refusal) ? passcode with { Port = taker.Port } : refusal;
    }

    /// <summary>Ends every passcode of a subject that has opened nothing yet.</summary>
    /// <param name="subject">Whose.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task RevokeAsync(Subject subject, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        await _documents.RevokeAsync(await _documents.FindLiveAsync(subject, now, cancellationToken), _ => true, now, cancellationToken);
    }

    /// <summary>Ends every passcode under a grant that has opened nothing yet.</summary>
    /// <param name="grant">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task RevokeAsync(GrantId grant, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        await _documents.RevokeAsync(await _documents.ListAsync(now, cancellationToken), passcode => passcode.Grant == grant, now, cancellationToken);
    }

    private async Task<Result<MintedPasscode>> KeepAsync(
        Caller caller, PasscodeOrder order, Grant grant, DateTimeOffset expires, JournalEntry entry, CancellationToken cancellationToken)
    {
        // Asked now that the entry is durable: whoever took the grant away before did not find it in the journal, whoever does later does.
        if (!await _access.StillHoldsAsync(grant, cancellationToken))
            return new Refusal.Denied($"grant {grant.Id} was removed a moment ago", "ask a manager for a new one");
        DateTimeOffset now = _clock.GetUtcNow();
        await _documents.PruneAsync(now, cancellationToken);
        var passcode = new Passcode(
            entry.Position.Serial,
            caller.Kind,
            caller.Subject,
            caller.Groups,
            caller.TokenId,
            caller.UserName,
            order.Resource.Path,
            order.Login,
            order.Instance,
            order.Source?.ToString(),
            grant.Id,
            expires);
        Secret secret = PasscodeText.Generate();
        if (PasscodeText.TryHash(order.Resource.Path, secret, out string? hash)
            && await _documents.TryAddAsync(hash, passcode, MaximumLiveCount, now, cancellationToken))
            return new MintedPasscode(passcode, secret);
        secret.Dispose();
        return TooManyLive();
    }

    private static Refusal.Invalid? FaultOf(PasscodeOrder order)
    {
        if (order.Life < MinimumLife || order.Life > MaximumLife)
        {
            return new Refusal.Invalid(
                "lifetimeSeconds", $"{order.Life.Value.TotalSeconds} s is out of bounds", $"give {MinimumLife.TotalSeconds} to {MaximumLife.TotalSeconds} seconds");
        }

        return order.Instance is < 0 or > ResourceHost.MaximumInstance
            ? new Refusal.Invalid("instance", $"{order.Instance} is out of bounds", $"give 0 to {ResourceHost.MaximumInstance}")
            : null;
    }

    private static Refusal.Denied? FaultOf(Caller caller, PasscodeOrder order, AccessDecision decision, DateTimeOffset now)
    {
        if (caller.Kind != CallerKind.Person)
            return new Refusal.Denied("a passcode is for people, who type it", "use a certificate: sshfn cert");
        if (decision is not AccessDecision.Allowed allowed)
        {
            RuleFinding deciding = ((AccessDecision.Refused)decision).Deciding;
            return new Refusal.Denied(deciding.Detail, deciding.Fix);
        }

        // An address that nobody named is checked when the passcode is used.
        if (order.Source is { } source && !SourceAddresses.Allow(allowed.Limits.SourceAddresses, source))
            return new Refusal.Denied($"grant {allowed.Grant.Id} allows it from other addresses only", "name one of them, or ask a manager to change it");
        return LifeOf(caller, order, allowed.Limits, now) < MinimumLife
            ? new Refusal.Denied("what is left of the grant or the token is too short for a passcode", "renew it")
            : null;
    }

    private static TimeSpan LifeOf(Caller caller, PasscodeOrder order, AccessLimits limits, DateTimeOffset now)
    {
        TimeSpan life = order.Life ?? DefaultLife;
        if (limits.MaximumLifetime < life) life = limits.MaximumLifetime.Value;
        if (limits.NotAfter is { } grantEnd && grantEnd - now < life) life = grantEnd - now;
        if (caller.Expires is { } proofEnd && proofEnd - now < life) life = proofEnd - now;
        return life;
    }

    private static Refusal.Conflict TooManyLive() => new(
        $"you have {MaximumLiveCount} passcodes that were not used yet", $"use one, or wait until they expire, which takes at most {MaximumLife.TotalMinutes} minutes");

    private async Task<Result<MintedPasscode>> RefuseAsync(
        Caller caller, PasscodeOrder order, Refusal refusal, CancellationToken cancellationToken)
    {
        await _journal.AppendAsync(
            caller, new JournalEvent.PasscodeRefused(order.Resource.Path, order.Login, refusal.Detail), cancellationToken);
        return refusal;
    }
}
