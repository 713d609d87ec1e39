using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Access;

/// <summary>Takes public keys that come with access requests, and lets each enter by its request alone, as long as that lasts.</summary>
public sealed class AttachedKeys
{
    private readonly KeyRegistry _keys;
    private readonly AccessRevoker _revoker;
    private readonly HostRegistry _hosts;
    private readonly ISigningKeys _signingKeys;
    private readonly JournalWriter _journal;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">Where they are registered.</param>
    /// <param name="revoker">Revokes what nobody should have sent.</param>
    /// <param name="hosts">Says which keys are those of hosts.</param>
    /// <param name="signingKeys">Says which keys are the broker's own.</param>
    /// <param name="journal">Where a private key is recorded.</param>
    public AttachedKeys(KeyRegistry keys, AccessRevoker revoker, HostRegistry hosts, ISigningKeys signingKeys, JournalWriter journal)
    {
        _keys = keys;
        _revoker = revoker;
        _hosts = hosts;
        _signingKeys = signingKeys;
        _journal = journal;
    }

    /// <summary>Checks what was attached. A private key is refused and not kept; its public half is revoked when the text proves it, or the sender registered it.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="requester">Whose key it shall be.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key; <see cref="Refusal.Invalid"/>, or <see cref="Refusal.Conflict"/> for a key of somebody else.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<SshPublicKey>> TakeAsync(string text, Subject requester, Caller caller, CancellationToken cancellationToken)
    {
        if (PrivateKeyText.TryGetPublicHalf(text, out SshPublicKey? leaked)) await RevokeAsync(leaked, text, requester, caller, cancellationToken);
        if (!(await SubmittedKey.ParseAsync(text, "publicKey", caller, _journal, cancellationToken)).Try(out SshPublicKey? key, out Refusal? refusal))
            return refusal;
        if (await IsOwnAsync(key, cancellationToken)) return new Refusal.Invalid("publicKey", "that is a key of the broker itself", "attach a key of your own");
        return await _keys.FindAsync(KeyRegistry.IdOf(key.Fingerprint), cancellationToken) is { } present && present.Owner != Holder.Of(requester)
            ? new Refusal.Conflict($"the key {key.Fingerprint} is registered for another owner", "use a key pair of your own, never a shared one", "publicKey")
            : key;
    }

    internal async Task<Result<Done>> RegisterAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (request.Order.PublicKey is not { } text) return Done.Instance;
        return (await _keys.RegisterForAsync(request, SshPublicKey.Parse(text), cancellationToken)).Try(out _, out Refusal? refusal) ? Done.Instance : refusal;
    }

    internal async Task RemoveAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (request.Order.PublicKey is not { } text) return;
        string id = KeyRegistry.IdOf(SshPublicKey.Parse(text).Fingerprint);
        // One that its owner has registered since stays: it stands for more than this request.
        if (await _keys.FindAsync(id, cancellationToken) is { } key && key.Request == request.Id)
            await _keys.RemoveAsync(Caller.System, key, cancellationToken);
    }

    /// <summary>Revokes a key whose private half was sent: one that the text proves, or one that its sender registered. Others are journalled alone.</summary>
    private async Task RevokeAsync(SshPublicKey leaked, string text, Subject requester, Caller caller, CancellationToken cancellationToken)
    {
        // The public half of a private key is in the clear, so anybody can send a forged one that names any key; so can a ticket name any requester.
        bool isProven = PrivateKeyText.Proves(text, leaked);
        bool isTheirs = caller.Subject == requester
            && await _keys.FindAsync(KeyRegistry.IdOf(leaked.Fingerprint), cancellationToken) is { } present && present.Owner == Holder.Of(requester);
        if ((!isProven && !isTheirs) || await IsOwnAsync(leaked, cancellationToken)) return;
        if (await _hosts.ListAsync(ResourcePath.Root, null, cancellationToken).AnyAsync(host => host.HasKey(leaked), cancellationToken)) return;
        await _revoker.RevokeKeyAsync(Caller.System, leaked.Fingerprint, "its private half was sent to the broker", cancellationToken);
    }

    private async Task<bool> IsOwnAsync(SshPublicKey key, CancellationToken cancellationToken) =>
        (await _signingKeys.ReadAsync(cancellationToken)).Trusted.Names(key.Fingerprint);
}
