using System.Net;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Callers;

public sealed partial class AccessTokenRegistry
{
    private static readonly string DecoyHash = new('A', 43);

    // The same for an unknown token, a wrong secret and a wrong place: a stolen token does not tell where it would work.
    private static readonly Refusal.Unauthenticated Unknown =
        new("the access token is unknown", "sign in with a token that exists, from where it may be used: sshfn login");

    /// <summary>Recognizes a caller.</summary>
    /// <param name="id">Public half of a token, as it was sent.</param>
    /// <param name="secret">The secret, as it was sent.</param>
    /// <param name="source">Where the request comes from; null when nobody knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The caller, or <see cref="Refusal.Unauthenticated"/>: the same words for an unknown token and a wrong secret.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Caller>> AuthenticateAsync(string id, Secret secret, IPAddress? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        AccessToken? token = IsId(id) ? await FindAsync(id, cancellationToken) : null;
        // An unknown token costs the same comparison as a known one.
        bool matches = secret.Matches(token?.SecretHash ?? DecoyHash);
        if (token is null || !matches || await FindAncestorsAsync(token.Parent, cancellationToken) is not { } ancestors)
            return Unknown;
        // What binds a token binds those that were made with it, else it could shake that off.
        AccessToken[] chain = [token, .. ancestors];
        if (!chain.All(each => SourceAddresses.Allow(each.SourceAddresses, source))) return Unknown;
        // A token is rotated because it may be known to others, and so may be what was made with it.
        if (ancestors.Any(each => each.Rotated is not null && _clock.GetUtcNow() >= each.Expires))
            return new Refusal.Unauthenticated("the access token that this one was made with was rotated away", "make a new one with the token that took its place");
        if (_clock.GetUtcNow() >= token.Expires)
        {
            return new Refusal.Unauthenticated(
                $"the access token expired at {token.Expires.UtcDateTime:u}", "ask for a new token and sign in: sshfn login --token");
        }

        foreach (AccessToken each in chain)
        {
            if (!await HasItsKeyAsync(each, cancellationToken))
            {
                return new Refusal.Unauthenticated(
                    $"the SSH key {each.SshKey} that this access token was got with is removed, expired or revoked", "sign in with another key: sshfn login --ssh-key FILE");
            }
        }

        // From here on the token that it took the place of is rotated no more.
        if (!await ShowAsync(token, cancellationToken)) return Unknown;
        bool bound = chain.Any(each => each.SourceAddresses is not null);
        return new Caller(token.Kind, token.Subject, token.Groups, token.Id, token.Expires, token.UserName, IsBound: bound);
    }

    /// <summary>Keeps that somebody has a token; false when it was taken back meanwhile.</summary>
    private async Task<bool> ShowAsync(AccessToken token, CancellationToken cancellationToken)
    {
        if (!token.Unused) return true;
        while (await _tokens.ReadAsync(token.Id, cancellationToken) is { } stored)
            if (!stored.Value.Unused || await _tokens.TryReplaceAsync(stored, stored.Value with { Unused = false }, cancellationToken)) return true;
        return false;
    }

    private async Task<bool> HasItsKeyAsync(AccessToken token, CancellationToken cancellationToken) =>
        token.SshKey is not { } key
        || (await _keys.FindInForceAsync(Fingerprint.Parse(key), cancellationToken))?.Owner.Subject == token.Subject;
}
