using SshFunctions.Core.Callers;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Hosts;

/// <summary>Enrolls hosts: by an enrollment token, or by a machine identity whose issuer says which resource it is.</summary>
/// <remarks>
/// The access token is made first, and its secret is in no hand before the host is kept; the host is kept in the commit that uses the
/// enrollment token up. Whoever dies midway leaves a token that nobody knows, of a host that is none.
/// </remarks>
public sealed class HostEnrollment
{
    /// <summary>Most host keys of a host: ssh-keygen -A makes three, and what a host has is told to every client once it is revoked.</summary>
    public const int MaximumKeyCount = 8;

    /// <summary>Largest RSA host key: sshd takes 16384 bits, which are 2.9 kB in every client's known_hosts once the key is revoked.</summary>
    public const int MaximumRsaBits = 8192;

    /// <summary>Most hosts that machine identities enroll at one place: an identity that counts more than once must not fill the store.</summary>
    public const int MaximumCountPerPlace = 100;

    /// <summary>Most characters of a name.</summary>
    public const int MaximumNameLength = 100;

    /// <summary>Most characters of a version of sshd or of <c>sshfn</c>.</summary>
    public const int MaximumVersionLength = 32;

    private readonly HostRegistry _hosts;
    private readonly EnrollmentTokenRegistry _enrollmentTokens;
    private readonly AccessTokenRegistry _tokens;
    private readonly SpentTokens _spent;
    private readonly ResourceTree _tree;
    private readonly RevocationRegistry _revocations;
    private readonly ISigningKeys _keys;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="hosts">Where hosts are kept.</param>
    /// <param name="enrollmentTokens">What enrolls once.</param>
    /// <param name="tokens">Where the host's access token is made.</param>
    /// <param name="spent">Which identity tokens were used.</param>
    /// <param name="tree">Says which resources there are.</param>
    /// <param name="revocations">Says which keys and subjects are revoked.</param>
    /// <param name="keys">The broker's own keys, which are no host's.</param>
    /// <param name="journal">Where an enrollment is recorded first.</param>
    /// <param name="clock">Times.</param>
    public HostEnrollment(
        HostRegistry hosts,
        EnrollmentTokenRegistry enrollmentTokens,
        AccessTokenRegistry tokens,
        SpentTokens spent,
        ResourceTree tree,
        RevocationRegistry revocations,
        ISigningKeys keys,
        JournalWriter journal,
        TimeProvider clock)
    {
        _hosts = hosts;
        _enrollmentTokens = enrollmentTokens;
        _tokens = tokens;
        _spent = spent;
        _tree = tree;
        _revocations = revocations;
        _keys = keys;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Life of a host's access token; the host rotates it before.</summary>
    public static TimeSpan TokenLife => AccessTokenRegistry.MaximumLife;

    /// <summary>Enrolls a host by an enrollment token, which is used up.</summary>
    /// <param name="enrollmentToken"><c>id.secret</c>, as it was sent.</param>
    /// <param name="order">What the machine says of itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The host and its access token; <see cref="Refusal.Unauthenticated"/> in the same words for an unknown, a used and an expired token;
    /// <see cref="Refusal.Denied"/> for a revoked host key or when who made the token is revoked; <see cref="Refusal.Invalid"/>.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AdmittedHost>> EnrollAsync(string enrollmentToken, HostOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(enrollmentToken);
        ArgumentNullException.ThrowIfNull(order);
        if (!(await _enrollmentTokens.CheckAsync(enrollmentToken, cancellationToken)).Try(out Stored<EnrollmentToken>? token, out Refusal? refusal))
            return refusal;
        var place = new HostPlace(token.Value.Resource, token.Value.Instance);
        if (await FaultOfAsync(token.Value.CreatedBy, place, order, cancellationToken) is { } fault) return fault;
        if (!(await place.FindAsync(_tree, cancellationToken)).Try(out _, out refusal)) return refusal;
        EnrolledHost host = Make(place, order, token.Value.CreatedBy);
        var caller = new Caller(CallerKind.Host, host.Id.Subject, []);
        return await AdmitAsync(caller, host, order, token.Value.Id, () =>
            _enrollmentTokens.UseAsync(token, host, _hosts.InsertsOf(host), cancellationToken), cancellationToken);
    }

    /// <summary>Enrolls a host by a machine identity.</summary>
    /// <param name="identity">Whom an identity token proves; used up where its issuer's tokens count once.</param>
    /// <param name="order">What the machine says of itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The host and its access token; <see cref="Refusal.Denied"/> when the issuer's mapping makes no host of it, for a revoked host key or
    /// identity; <see cref="Refusal.Unauthenticated"/> for a used token; <see cref="Refusal.NotFound"/> for a resource that is not there.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AdmittedHost>> EnrollAsync(OpenIdIdentity identity, HostOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(order);
        Caller caller = identity.Caller;
        if (identity.Host is not { } place)
        {
            return new Refusal.Denied(
                $"{caller.Issuer} does not say which resource {caller.Subject} is", "the broker's operator gives the issuer a host template in the --identities file");
        }

        if (await FaultOfAsync(caller.Subject, place, order, cancellationToken) is { } fault) return fault;
        if (!(await place.FindAsync(_tree, cancellationToken)).Try(out _, out Refusal? refusal)) return refusal;
        if (await _hosts.ListAsync(place.Resource, null, cancellationToken).CountAsync(host => host.Instance == place.Instance, cancellationToken) >= MaximumCountPerPlace)
            return new Refusal.Conflict($"{place} has {MaximumCountPerPlace} enrolled hosts already", "remove those that are gone: sshfn host list, sshfn host remove ID");
        // After every check: a token that is refused for another reason is not used up.
        if (identity.SingleUse is { } once
            && !(await _spent.SpendAsync(once, cancellationToken)).Try(out _, out refusal))
            return refusal;
        EnrolledHost host = Make(place, order, caller.Subject);
        return await AdmitAsync(caller, host, order, null, async () => await _hosts.TryInsertAsync(host, cancellationToken)
            ? Done.Instance
            : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1)), cancellationToken);
    }

    private async Task<Result<AdmittedHost>> AdmitAsync(
        Caller caller, EnrolledHost host, HostOrder order, string? enrollmentToken, Func<Task<Result<Done>>> keep, CancellationToken cancellationToken)
    {
        var intent = new JournalEvent.HostEnrolled(
            host.Id, host.Resource, host.Instance, host.Name, [.. order.HostKeys.Select(key => key.Fingerprint.ToString())], order.SshdVersion,
            host.EnrolledBy, enrollmentToken);
        return await _journal.RunAsync<AdmittedHost>(caller, intent, async () =>
        {
            CreatedAccessToken? created = await _tokens.CreateForHostAsync(host.Id, host.Enrolled + TokenLife, cancellationToken);
            if (created is null) return new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1));
            if ((await keep()).Try(out _, out Refusal? refusal)) return new AdmittedHost(host, created);
            created.Secret.Dispose();
            await _tokens.ForgetAsync(created.Token, cancellationToken);
            return refusal;
        }, cancellationToken);
    }

    private EnrolledHost Make(HostPlace place, HostOrder order, Subject enrolledBy) => new(
        HostId.Generate(),
        place.Resource,
        place.Instance,
        order.Name,
        [.. order.HostKeys.Select(key => key.ToText())],
        enrolledBy.Text,
        _clock.GetUtcNow());

    private async Task<Refusal?> FaultOfAsync(Subject prover, HostPlace place, HostOrder order, CancellationToken cancellationToken)
    {
        if (FreeText.FaultOf(order.Name, "name", MaximumNameLength, required: false) is { } fault) return fault;
        if (FreeText.FaultOf(order.SshdVersion, "sshdVersion", MaximumVersionLength, required: true) is { } version) return version;
        if (order.HostKeys.Length is 0 or > MaximumKeyCount)
            return new Refusal.Invalid("hostKeys", $"there are {order.HostKeys.Length} host keys", $"send 1 to {MaximumKeyCount}: the .pub files beside each HostKey");
        if (await _revocations.FindSubjectAsync(prover, cancellationToken) is { } gone)
            return new Refusal.Denied($"{prover} is revoked: {gone.Reason}", "someone else makes an enrollment token");
        TrustedKeys trusted = (await _keys.ReadAsync(cancellationToken)).Trusted;
        foreach (SshPublicKey key in order.HostKeys)
        {
            if (key.RsaBits is > MaximumRsaBits and var bits)
            {
                return new Refusal.Invalid(
                    "hostKeys", $"{key.Fingerprint} is an RSA key of {bits} bits, more than {MaximumRsaBits}",
                    "leave it out of the host keys, or make a smaller one: ssh-keygen -t rsa -b 4096, or -t ed25519");
            }

            if (trusted.Names(key.Fingerprint))
                return new Refusal.Invalid("hostKeys", $"{key.Fingerprint} is a key of the broker itself", "make host keys of the machine's own: ssh-keygen -A");
            if (await _revocations.FindHostKeyAsync(key, cancellationToken) is { } revoked)
                return new Refusal.Denied($"the host key {key.Fingerprint} is revoked: {revoked.Reason}", "make new host keys: remove the old ones, then ssh-keygen -A");
        }

        return await FaultOfOthersAsync(place, order, cancellationToken);
    }

    /// <summary>A key of a host of another resource: whoever enrolls with it would pass for that one, or take it along when revoked.</summary>
    private async Task<Refusal.Conflict?> FaultOfOthersAsync(HostPlace place, HostOrder order, CancellationToken cancellationToken)
    {
        await foreach (EnrolledHost other in _hosts.ListAsync(ResourcePath.Root, null, cancellationToken))
        {
            if (other.Resource == place.Resource || order.HostKeys.FirstOrDefault(other.HasKey) is not { } taken) continue;
            return new Refusal.Conflict(
                $"the host key {taken.Fingerprint} belongs to an enrolled host of another resource",
                "make new host keys, or have that enrollment removed first: sshfn host remove ID",
                "hostKeys");
        }

        return null;
    }
}
