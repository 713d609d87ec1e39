using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Keys;

/// <summary>Says which registered keys may enter a resource as a login now, by the policy of certificates.</summary>
/// <remarks>
/// A key counts by the grants that its owner holds itself: the subject, or the group that it was registered for. Groups of a person come
/// from the proof of a sign-in and may have changed since, so they give nothing to a key that needs no sign-in; nor does the user name, so
/// that a login <c>{user}</c> is no key's. Only keys that sign in (<see cref="RegisteredKey.SignsIn"/>) enter.
/// </remarks>
public sealed class KeyAccess
{
    /// <summary>Most keys of one list, each counted once for each login: some megabytes.</summary>
    public const int MaximumListCount = 5000;

    private readonly KeyRegistry _keys;
    private readonly GrantRegistry _grants;
    private readonly AccessEvaluator _access;
    private readonly RevocationRegistry _revocations;
    private readonly ResourceTree _tree;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">Where keys are read.</param>
    /// <param name="grants">Where holders are found.</param>
    /// <param name="access">Says who may enter.</param>
    /// <param name="revocations">Says which keys are revoked.</param>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="clock">Says what has expired.</param>
    public KeyAccess(
        KeyRegistry keys, GrantRegistry grants, AccessEvaluator access, RevocationRegistry revocations, ResourceTree tree, TimeProvider clock)
    {
        _keys = keys;
        _grants = grants;
        _access = access;
        _revocations = revocations;
        _tree = tree;
        _clock = clock;
    }

    /// <summary>Whether one key may enter.</summary>
    /// <param name="path">The resource.</param>
    /// <param name="login">As whom.</param>
    /// <param name="fingerprint">Of the key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key with its limits, or <see cref="Refusal.Denied"/> with the reason, which is for the host's log.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<EnteringKey>> FindAsync(
        ResourcePath path, Login login, Fingerprint fingerprint, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (await _tree.FindResourceAsync(path, cancellationToken) is not { } resource) return Gone(path);
        RegisteredKey? key = await _keys.FindAsync(KeyRegistry.IdOf(fingerprint), cancellationToken);
        AccessFacts? facts = key is null ? null : await FindFactsAsync(key.Owner, resource, cancellationToken);
        // Anybody can offer a public key, and a host is told whose it is only where that one holds something on it.
        if (key is null || facts is not { Grants.IsEmpty: false })
        {
            return new Refusal.Denied(
                $"the key {fingerprint} is not registered by anybody who holds a grant on {path}", $"its owner registers it, sshfn keys add, and asks for access: sshfn request open {path} --reason TEXT");
        }

        if (await FaultOfAsync(key, now, cancellationToken) is { } fault) return fault;
        return Decide(key, login, resource, facts, now);
    }

    /// <summary>Every key that may enter a resource now, as each of its logins.</summary>
    /// <param name="path">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By login, then owner; <see cref="Refusal.Conflict"/> when there are more than <see cref="MaximumListCount"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<IReadOnlyList<EnteringKey>>> ListAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (await _tree.FindResourceAsync(path, cancellationToken) is not { } resource) return Gone(path);
        var found = new List<EnteringKey>();
        foreach (Holder holder in await FindHoldersAsync(path, now, cancellationToken))
        {
            AccessFacts? facts = await FindFactsAsync(holder, resource, cancellationToken);
            await foreach (RegisteredKey key in _keys.ListAsync(holder, null, cancellationToken))
            {
                if (await FaultOfAsync(key, now, cancellationToken) is null) found.AddRange(EntriesOf(key, resource, facts, now));
            }

            if (found.Count > MaximumListCount)
                return new Refusal.Conflict($"more than {MaximumListCount} registered keys may enter {path}", "narrow the grants on it, or keep no list on the host");
        }

        // By login as the host looks them up; the sort is stable, so each login's keys stay by owner.
        return found.OrderBy(entry => entry.Login.Text, StringComparer.Ordinal).ToArray();
    }

    private async Task<IReadOnlyCollection<Holder>> FindHoldersAsync(ResourcePath path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var holders = new SortedDictionary<string, Holder>(StringComparer.Ordinal);
        foreach (ResourcePath level in path.FromRoot())
        {
            await foreach (Grant grant in _grants.ListOnAsync(level, cancellationToken))
            {
                if (grant.IsInForce(now) && grant.Role >= Role.Developer) holders[grant.Holder.ToString()] = grant.Holder;
            }
        }

        return holders.Values;
    }

    private static IEnumerable<EnteringKey> EntriesOf(RegisteredKey key, Resource resource, AccessFacts? facts, DateTimeOffset now)
    {
        foreach (Login login in resource.Logins.Select(rule => rule.LoginOf(CallerOf(key.Owner))).OfType<Login>().Distinct())
        {
            if (Decide(key, login, resource, facts, now).Try(out EnteringKey? entering, out _)) yield return entering;
        }
    }

    private static Result<EnteringKey> Decide(RegisteredKey key, Login login, Resource resource, AccessFacts? facts, DateTimeOffset now)
    {
        var question = new AccessQuestion(CallerOf(key.Owner), resource.Path, login, now) { Means = AccessMeans.RegisteredKey };
        // Who attached it to a request need not have been its owner: it gives what was approved with it, and nothing else.
        AccessFacts? counting = key.Request is { } request && facts is not null
            ? facts with { Grants = [.. facts.Grants.Where(grant => grant.Request == request)] }
            : facts;
        return AccessEvaluator.Decide(question, counting) switch
        {
            AccessDecision.Allowed allowed => new EnteringKey(key, login, allowed.Grant.Id, allowed.Limits),
            AccessDecision.Refused refused => new Refusal.Denied(refused.Deciding.Detail, refused.Deciding.Fix),
            _ => throw new InvalidOperationException("a decision is one of the two"),
        };
    }

    private Task<AccessFacts?> FindFactsAsync(Holder owner, Resource resource, CancellationToken cancellationToken) =>
        _access.FindFactsAsync([owner], owner.Subject, resource, cancellationToken);

    private async Task<Refusal.Denied?> FaultOfAsync(RegisteredKey key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (key.Expires <= now)
            return new Refusal.Denied($"the key {key.Fingerprint} expired at {key.Expires.Value.UtcDateTime:u}", "its owner registers a new one");
        if (!key.SignsIn && key.Request is null)
        {
            return new Refusal.Denied(
                $"the key {key.Fingerprint} was registered by a service or with a token bound to addresses, and enters nowhere by itself",
                "its owner removes it and registers it when signed in as a person");
        }

        if (await _revocations.FindKeyAsync(Fingerprint.Parse(key.Fingerprint), cancellationToken) is { } revoked)
            return new Refusal.Denied($"the key {key.Fingerprint} is revoked: {revoked.Reason}", "its owner registers a new one");
        return await _keys.FindRevokedRegistrantAsync(key, cancellationToken) is { } gone
            ? new Refusal.Denied($"{gone.Target} is revoked, who registered the key {key.Fingerprint}: {gone.Reason}", "someone else of its owner removes it and registers one")
            : null;
    }

    private static Refusal.Denied Gone(ResourcePath path) => new($"{path} was removed", "ask who manages it");

    /// <summary>The owner as the policy sees it. For a group the subject is a name in texts alone: its grants are read by holder.</summary>
    private static Caller CallerOf(Holder owner) => new(
        CallerKind.Person,
        owner.Subject ?? (Subject.TryParse(owner.ToString(), null, out Subject named) ? named : Subject.Parse("group")),
        []);
}
