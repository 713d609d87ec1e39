using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.GitPasswords;

/// <summary>Mints passwords for git over HTTPS by the rules of certificates, and tells a git server which are good now.</summary>
/// <remarks>Partition <c>git-passwords</c>: row <c>p:ID</c>; identifiers start with the moment of expiry, so that the oldest are found first.</remarks>
public sealed partial class GitPasswordRegistry
{
    private const string Partition = "git-passwords";
    private const string Prefix = "p:";
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int RandomLength = 16;
    private const int PruneSize = 30;
    private static readonly SearchValues<char> IdUnits = SearchValues.Create(IdAlphabet + "0189");
    private readonly IStore _store;
    private readonly AccessEvaluator _access;
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where passwords lie.</param>
    /// <param name="access">Says who may enter, when one is minted and each time it is used.</param>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="grants">Where the grant is looked for that a password came from.</param>
    /// <param name="journal">Records every mint and refusal.</param>
    /// <param name="clock">Expiry.</param>
    public GitPasswordRegistry(
        IStore store, AccessEvaluator access, ResourceTree tree, GrantRegistry grants, JournalWriter journal, TimeProvider clock)
    {
        _store = store;
        _access = access;
        _tree = tree;
        _grants = grants;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Longest life of a password: a clone of a large repository asks again for what comes after.</summary>
    public static TimeSpan MaximumLife { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Mints a password.</summary>
    /// <param name="caller">Who wants it.</param>
    /// <param name="resource">The git server.</param>
    /// <param name="login">As whom.</param>
    /// <param name="source">Where the request comes from; null when nobody knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The password and its secret, once its entry is durable; or <see cref="Refusal.Denied"/>, recorded.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; no password was released.</exception>
    public async Task<Result<MintedGitPassword>> MintAsync(
        Caller caller, Resource resource, Login login, IPAddress? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(resource);
        DateTimeOffset now = _clock.GetUtcNow();
        AccessDecision decision = await _access.DecideAsync(caller, resource, login, now, cancellationToken);
        if (decision is not AccessDecision.Allowed allowed)
        {
            RuleFinding deciding = ((AccessDecision.Refused)decision).Deciding;
            return await RefuseAsync(caller, resource, login, new Refusal.Denied(deciding.Detail, deciding.Fix), cancellationToken);
        }

        if (FaultOf(allowed, source) is { } elsewhere) return await RefuseAsync(caller, resource, login, elsewhere, cancellationToken);
        TimeSpan life = LifeOf(caller, allowed.Limits, now);
        if (life < CertificateLimits.MinimumLifetime)
        {
            var tooShort = new Refusal.Denied("what is left of the grant or the token is too short for a password", "renew it");
            return await RefuseAsync(caller, resource, login, tooShort, cancellationToken);
        }

        Secret secret = Secret.Generate();
        GitPassword password = Make(caller, resource, login, allowed.Grant.Id, now + life, secret);
        var intent = new JournalEvent.GitPasswordIssued(resource.Path, login, allowed.Grant.Id.Text, password.Id, password.Expires);
        return await _journal.RunAsync<MintedGitPassword>(caller, intent, async () =>
        {
            await _store.ForgetAsync(Partition, Prefix, now, PruneSize, cancellationToken);
            var place = new DocumentKey(Partition, Prefix + password.Id);
            return await _store.TryPutAsync(place, Json.Encode(password, CoreJson.Default.GitPassword), null, cancellationToken)
                ? new MintedGitPassword(password, secret)
                : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1));
        }, cancellationToken);
    }

    private static GitPassword Make(Caller caller, Resource resource, Login login, GrantId grant, DateTimeOffset expires, Secret secret) => new(
        ExpiringRows.Stamp(expires) + RandomNumberGenerator.GetString(IdAlphabet, RandomLength),
        caller.Kind,
        caller.Subject,
        caller.Groups,
        caller.TokenId,
        caller.UserName,
        resource.Path,
        login,
        grant,
        expires,
        secret.Hash());

    private static TimeSpan LifeOf(Caller caller, AccessLimits limits, DateTimeOffset now)
    {
        TimeSpan longest = MaximumLife;
        if (limits.MaximumLifetime < longest) longest = limits.MaximumLifetime.Value;
        if (limits.NotAfter is { } grantEnd && grantEnd - now < longest) longest = grantEnd - now;
        if (caller.Expires is { } proofEnd && proofEnd - now < longest) longest = proofEnd - now;
        return longest;
    }

    private static Refusal.Denied? FaultOf(AccessDecision.Allowed allowed, IPAddress? source)
    {
        // sshd holds a session to a folder or a command; nobody does that for a git server.
        if (allowed.Limits.SftpFolder is not null || allowed.Limits.ForcedCommand is not null)
            return new Refusal.Denied("what is allowed here is a folder or a command alone, to which git over HTTPS can't be held", "use git over SSH, or ask a manager for a grant without that limit");
        if (allowed.Limits.SingleUse)
            return new Refusal.Denied("what is allowed here is single use, and git sends a password again and again", "use git over SSH, or ask a manager for a grant without that limit");
        return SourceAddresses.Allow(allowed.Limits.SourceAddresses, source)
            ? null
            : new Refusal.Denied($"grant {allowed.Grant.Id} allows it from other addresses only", "ask from one of them, or a manager to change it");
    }

    private async Task<Result<MintedGitPassword>> RefuseAsync(
        Caller caller, Resource resource, Login login, Refusal.Denied denied, CancellationToken cancellationToken)
    {
        await _journal.AppendAsync(caller, new JournalEvent.GitPasswordRefused(resource.Path, login, denied.Detail), cancellationToken);
        return denied;
    }
}
