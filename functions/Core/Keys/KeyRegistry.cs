using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Keys;

/// <summary>Keeps public keys and whose they are. A key belongs to one owner only.</summary>
/// <remarks>Partition <c>keys</c>: row <c>k:ID</c> is the key, row <c>o:OWNER:ID</c> lists it under its owner.</remarks>
public sealed class KeyRegistry
{
    /// <summary>Most keys of one owner: a bound on what one person can make the broker keep.</summary>
    public const int MaximumCountPerOwner = 100;

    /// <summary>Most characters of a name.</summary>
    public const int MaximumNameLength = 100;

    private readonly OwnedDocuments<RegisteredKey> _keys;
    private readonly JournalWriter _journal;
    private readonly RevocationRegistry _revocations;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where keys lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="revocations">Says which keys nobody may register again.</param>
    /// <param name="clock">Times of registration.</param>
    public KeyRegistry(IStore store, JournalWriter journal, RevocationRegistry revocations, TimeProvider clock)
    {
        _keys = new(store, "keys", "k:", "o:", CoreJson.Default.RegisteredKey, key => key.Id, key => key.Owner.ToString());
        _journal = journal;
        _revocations = revocations;
        _clock = clock;
    }

    /// <summary>Registers a key. Registering it again for the same owner gives what is registered.</summary>
    /// <param name="caller">Who does it; its right over the owner is checked beforehand.</param>
    /// <param name="owner">The subject or group it shall belong to.</param>
    /// <param name="name">What the owner calls it.</param>
    /// <param name="publicKey">The key.</param>
    /// <param name="expires">UTC, exclusive, in the future; null for never.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key; <see cref="Refusal.Invalid"/>, <see cref="Refusal.Denied"/> for a revoked key, <see cref="Refusal.Conflict"/> for another owner's.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<RegisteredKey>> RegisterAsync(
        Caller caller,
        Holder owner,
        string name,
        SshPublicKey publicKey,
        DateTimeOffset? expires,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(publicKey);
        DateTimeOffset now = _clock.GetUtcNow();
        if (FreeText.FaultOf(name, "name", MaximumNameLength, required: true) is { } fault) return fault;
        if (expires <= now)
            return new Refusal.Invalid("expires", $"{expires.Value.UtcDateTime:u} is past", "give a time in the future, or none");
        var key = new RegisteredKey(
            IdOf(publicKey.Fingerprint), owner, name, publicKey.ToText(), publicKey.Fingerprint.ToString(), now, expires,
            SignsIn: caller is { Kind: CallerKind.Person, IsBound: false }, RegisteredBy: caller.Subject);
        if (await _revocations.FindKeyAsync(publicKey.Fingerprint, cancellationToken) is { } revoked)
            return new Refusal.Denied($"the key {key.Fingerprint} is revoked: {revoked.Reason}", "make a new key pair and register that");
        if (await _keys.ReadAsync(key.Id, cancellationToken) is { } present)
            return present.Value.Request is null || present.Value.Owner != owner ? Present(present.Value, key) : await ReplaceAsync(caller, present, key, cancellationToken);
        if (await CountAsync(owner, cancellationToken) >= MaximumCountPerOwner)
            return new Refusal.Conflict($"{owner} has {MaximumCountPerOwner} keys already", "remove one first: sshfn keys list");
        var intent = new JournalEvent.KeyRegistered(owner, name, key.Fingerprint, expires);
        return await _journal.RunAsync<RegisteredKey>(caller, intent, async () =>
        {
            if (await _keys.TryInsertAsync(key, cancellationToken)) return key;
            return await FindAsync(key.Id, cancellationToken) is { } winner
                ? Present(winner, key)
                : new Refusal.Conflict($"the key {key.Fingerprint} was registered and removed by somebody else at the same time", Field: "publicKey");
        }, cancellationToken);
    }

    /// <summary>Registers the key that came with an access request; it signs nobody in and enters by that request's grant alone. What its owner registered stays as it is.</summary>
    internal async Task<Result<RegisteredKey>> RegisterForAsync(AccessRequest request, SshPublicKey publicKey, CancellationToken cancellationToken)
    {
        string fingerprint = publicKey.Fingerprint.ToString();
        if (await _revocations.FindKeyAsync(publicKey.Fingerprint, cancellationToken) is { } revoked)
            return new Refusal.Denied($"the key {fingerprint} is revoked: {revoked.Reason}", "make a new key pair and attach that");
        var key = new RegisteredKey(
            IdOf(publicKey.Fingerprint), Holder.Of(request.Order.Requester), $"access request {request.Id}", publicKey.ToText(), fingerprint, _clock.GetUtcNow(), null,
            SignsIn: false, RegisteredBy: request.Order.Requester, Request: request.Id);
        if (await _keys.ReadAsync(key.Id, cancellationToken) is { } present)
        {
            bool stays = present.Value.Owner != key.Owner || present.Value.Request is null || present.Value.Request == request.Id;
            return stays ? Present(present.Value, key) : await ReplaceAsync(Caller.System, present, key, cancellationToken);
        }

        return await _journal.RunAsync<RegisteredKey>(Caller.System, new JournalEvent.KeyRegistered(key.Owner, key.Name, fingerprint, null), async () =>
            await _keys.TryInsertAsync(key, cancellationToken)
                ? key
                : new Refusal.Conflict($"the key {fingerprint} was registered by somebody else at the same time", Field: "publicKey"), cancellationToken);
    }

    /// <summary>Puts a key in place of one that came with an access request.</summary>
    private Task<Result<RegisteredKey>> ReplaceAsync(Caller caller, Stored<RegisteredKey> before, RegisteredKey after, CancellationToken cancellationToken) =>
        _journal.RunAsync<RegisteredKey>(caller, new JournalEvent.KeyRegistered(after.Owner, after.Name, after.Fingerprint, after.Expires), async () =>
            await _keys.TryReplaceAsync(before, after, cancellationToken)
                ? after
                : new Refusal.Conflict($"the key {after.Fingerprint} was changed by somebody else at the same time", Field: "publicKey"), cancellationToken);

    /// <summary>The identifier under which a key is registered.</summary>
    /// <param name="fingerprint">The key's fingerprint.</param>
    /// <returns>43 characters of base64url.</returns>
    public static string IdOf(Fingerprint fingerprint) =>
        fingerprint.ToString()["SHA256:".Length..].Replace('+', '-').Replace('/', '_');

    /// <summary>One key.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<RegisteredKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? (await _keys.ReadAsync(id, cancellationToken))?.Value : null;

    /// <summary>A registered key that counts now.</summary>
    /// <param name="fingerprint">Of the key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key; null when it is not registered, has expired or is revoked, itself or who registered it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<RegisteredKey?> FindInForceAsync(Fingerprint fingerprint, CancellationToken cancellationToken)
    {
        RegisteredKey? key = await FindAsync(IdOf(fingerprint), cancellationToken);
        if (key is null || key.Expires <= _clock.GetUtcNow() || await _revocations.FindKeyAsync(fingerprint, cancellationToken) is not null) return null;
        return await FindRevokedRegistrantAsync(key, cancellationToken) is null ? key : null;
    }

    /// <summary>The revocation of who registered a key: a key of a group must not outlive that one's access. Null while there is none.</summary>
    internal async Task<Revocation?> FindRevokedRegistrantAsync(RegisteredKey key, CancellationToken cancellationToken) =>
        key.Registrant is { } registrant ? await _revocations.FindSubjectAsync(registrant, cancellationToken) : null;

    /// <summary>Keys of an owner, or of everybody; expired ones too.</summary>
    /// <param name="owner">Whose; null for everybody's.</param>
    /// <param name="after">Starts after the key of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The keys.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<RegisteredKey> ListAsync(Holder? owner, string? after, CancellationToken cancellationToken) =>
        _keys.ListAsync(owner?.ToString(), after, cancellationToken);

    /// <summary>Removes a key. Certificates on it live on until they expire or are revoked; hosts ask again about sessions that it opened itself.</summary>
    /// <param name="caller">Who does it; its right over the owner is checked beforehand.</param>
    /// <param name="key">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when it is gone already.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, RegisteredKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        Result<Done> result = await _journal.RunAsync<Done>(caller, new JournalEvent.KeyRemoved(key.Owner, key.Fingerprint), async () =>
            await _keys.TryRemoveAsync(key, cancellationToken)
                ? Done.Instance
                : new Refusal.NotFound($"there is no key {key.Id}"), cancellationToken);
        if (result.Succeeded) await _revocations.RaiseAsync(cancellationToken);
        return result;
    }

    private async Task<int> CountAsync(Holder owner, CancellationToken cancellationToken)
    {
        int count = 0;
        await foreach (RegisteredKey _ in ListAsync(owner, null, cancellationToken)) count++;
        return count;
    }

    private static Result<RegisteredKey> Present(RegisteredKey present, RegisteredKey wanted) => present.Owner == wanted.Owner
        ? present
        : new Refusal.Conflict(
            $"the key {wanted.Fingerprint} is registered for another owner", "use a key pair of your own, never a shared one", "publicKey");

    private static bool IsId(string id) => id.Length == 43 && id.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_');
}
