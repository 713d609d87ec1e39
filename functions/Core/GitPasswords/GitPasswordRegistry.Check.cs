using System.Net;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.GitPasswords;

public sealed partial class GitPasswordRegistry
{
    private static readonly string DecoyHash = new('A', 43);

    // One text for whatever is wrong: a git server learns nothing about passwords of others.
    private static readonly Refusal.Denied NotGood = new(
        "the user name and password are not good for this resource now", "the user's git asks for new ones: sshfn git-credential");

    /// <summary>Tells whether a password is good now; the policy is asked once more, so that a switch or a removed grant counts at once.</summary>
    /// <param name="resource">The resource that the git server is.</param>
    /// <param name="userName">The user name that git sent.</param>
    /// <param name="id">Public half of the password that git sent.</param>
    /// <param name="secret">Its secret.</param>
    /// <param name="source">Where git connects from; null when the server does not say, which a grant with source addresses refuses.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The password, or <see cref="Refusal.Denied"/> in the same words for every cause.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<GitPassword>> CheckAsync(
        ResourcePath resource, string userName, string id, Secret secret, IPAddress? source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        GitPassword? password = IsId(id)
            ? (await _store.ReadAsync(new DocumentKey(Partition, Prefix + id), CoreJson.Default.GitPassword, cancellationToken))?.Value
            : null;
        // An unknown password costs the same comparison as a known one.
        bool matches = secret.Matches(password?.SecretHash ?? DecoyHash);
        DateTimeOffset now = _clock.GetUtcNow();
        if (password is null || !matches || password.Resource != resource || password.Login.Text != userName || now >= password.Expires)
            return NotGood;
        return await HoldsAsync(password, now, source, cancellationToken) ? password : NotGood;
    }

    private async Task<bool> HoldsAsync(GitPassword password, DateTimeOffset now, IPAddress? source, CancellationToken cancellationToken) =>
        await _grants.FindAsync(password.Grant, cancellationToken) is not null
        && await _tree.FindResourceAsync(password.Resource, cancellationToken) is { } found
        && await _access.DecideAsync(password.Owner, found, password.Login, now, cancellationToken) is AccessDecision.Allowed allowed
        && FaultOf(allowed, source) is null;

    private static bool IsId(string id) => id.Length == ExpiringRows.StampLength + RandomLength && !id.AsSpan().ContainsAnyExcept(IdUnits);
}
