using System.Text;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Revocations;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Core.Callers;

/// <summary>Signs people in by a registered SSH key: a signature over a challenge buys a short-lived access token.</summary>
public sealed class SshKeySignIn
{
    /// <summary>What the signatures are for, so that none made for files or commits counts here. Source: PROTOCOL.sshsig, "namespace".</summary>
    public const string Namespace = "sign-in@sshfunctions";

    private const int MaximumSignatureLength = 16 * 1024;

    // One text for whatever only the holder of a registered key may learn.
    private static readonly Refusal.Unauthenticated Unproved = new(
        "this is no signature of a registered key over a challenge of this broker that can still be answered",
        "ask for a new challenge and sign it with a key that you registered: sshfn keys list");

    private readonly SignInChallenges _challenges;
    private readonly KeyRegistry _keys;
    private readonly RevocationRegistry _revocations;
    private readonly AccessTokenRegistry _tokens;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="challenges">What was handed out to be signed.</param>
    /// <param name="keys">Whose keys they are.</param>
    /// <param name="revocations">Says which keys and subjects are revoked.</param>
    /// <param name="tokens">Where the access token is created.</param>
    /// <param name="journal">Records who was let in, and who held a registered key and was not.</param>
    /// <param name="clock">Expiry.</param>
    public SshKeySignIn(
        SignInChallenges challenges,
        KeyRegistry keys,
        RevocationRegistry revocations,
        AccessTokenRegistry tokens,
        JournalWriter journal,
        TimeProvider clock)
    {
        _challenges = challenges;
        _keys = keys;
        _revocations = revocations;
        _tokens = tokens;
        _journal = journal;
        _clock = clock;
    }

    /// <summary>Longest life of the access token.</summary>
    public static TimeSpan TokenLife { get; } = TimeSpan.FromHours(8);

    /// <summary>Signs somebody in.</summary>
    /// <param name="broker">The broker's own address, as its challenges name it.</param>
    /// <param name="challenge">The challenge, as it was handed out.</param>
    /// <param name="signature">Armored SSHSIG over it. A security key must have been touched.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// An access token of the key's owner; <see cref="Refusal.Unauthenticated"/> in the same words for an unknown key, a wrong signature
    /// and a challenge that was answered or has expired; <see cref="Refusal.Denied"/>, recorded, for who holds a registered key that does not
    /// count.
    /// </returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<CreatedAccessToken>> SignInAsync(
        string broker, string challenge, string signature, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentNullException.ThrowIfNull(signature);
        if (signature.Length > MaximumSignatureLength
            || await _challenges.ReadAsync(challenge, broker, cancellationToken) is not { } asked
            || !SshSig.Verify(signature, Namespace, Encoding.UTF8.GetBytes(challenge), out SshPublicKey? signer, out _)
            || signer.Fingerprint.ToString() != asked.Key
            || await _keys.FindAsync(KeyRegistry.IdOf(signer.Fingerprint), cancellationToken) is not { } key)
            return Unproved;
        // Spent only now: else whoever saw the challenge could spend it with a forged signature.
        if (!await _challenges.TryConsumeAsync(asked, cancellationToken)) return Unproved;
        return await FaultOfKeyAsync(key, signer.Fingerprint, cancellationToken) is { } denied
            ? await RefuseAsync(key, denied, cancellationToken)
            : await AdmitAsync(key, key.Owner.Subject!.Value, cancellationToken);
    }

    private async Task<Refusal.Denied?> FaultOfKeyAsync(RegisteredKey key, Fingerprint fingerprint, CancellationToken cancellationToken)
    {
        if (await _revocations.FindKeyAsync(fingerprint, cancellationToken) is { } revoked)
            return new Refusal.Denied($"the key {key.Fingerprint} is revoked: {revoked.Reason}", "sign in with another key and make a new pair");
        if (key.Expires <= _clock.GetUtcNow())
            return new Refusal.Denied($"the key {key.Fingerprint} expired at {key.Expires.Value.UtcDateTime:u}", "remove it and register it again, or another one: sshfn keys add");
        if (key.Owner.Subject is not { } owner)
            return new Refusal.Denied($"the key {key.Fingerprint} belongs to {key.Owner}: nobody signs in as a group", "sign in with a key that is registered for yourself");
        if (!key.SignsIn)
        {
            return new Refusal.Denied(
                $"the key {key.Fingerprint} was registered by a service or with a token that is bound to addresses: nobody signs in with it",
                "remove it and register it with a token of a person that counts from anywhere");
        }

        // Its one-day token would last for ever.
        if (ReservedSubjects.Contains(owner))
            return new Refusal.Denied($"{owner} is the broker's own name: nobody signs in as it", "register the key for a person");
        return await _revocations.FindSubjectAsync(owner, cancellationToken) is { } gone
            ? new Refusal.Denied($"{owner} is revoked: {gone.Reason}", "someone who may revoke lifts the revocation")
            : null;
    }

    private async Task<Result<CreatedAccessToken>> AdmitAsync(RegisteredKey key, Subject owner, CancellationToken cancellationToken)
    {
        DateTimeOffset end = _clock.GetUtcNow() + TokenLife;
        if (key.Expires < end) end = key.Expires.Value;
        var order = new AccessTokenOrder(key.Name, CallerKind.Person, owner, [], end, SshKey: key.Fingerprint);
        Result<CreatedAccessToken> result = await _tokens.CreateAsync(new Caller(CallerKind.Person, owner, []), order, cancellationToken);
        if (result.Succeeded) await _tokens.RemoveSpentSignInsAsync(owner, cancellationToken);
        return result;
    }

    private async Task<Result<CreatedAccessToken>> RefuseAsync(RegisteredKey key, Refusal.Denied denied, CancellationToken cancellationToken)
    {
        // A group signs nothing; its key's holder is nobody that the broker could name.
        Caller caller = key.Owner.Subject is { } owner ? new Caller(CallerKind.Person, owner, []) : Caller.System;
        await _journal.AppendAsync(caller, new JournalEvent.SignInRefused(key.Fingerprint, denied.Detail), cancellationToken);
        return denied;
    }
}
