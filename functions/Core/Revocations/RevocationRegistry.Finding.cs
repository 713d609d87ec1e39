using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Revocations;

public sealed partial class RevocationRegistry
{
    /// <summary>The revocation of a public key; null when it is not revoked.</summary>
    /// <param name="fingerprint">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revocation.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Revocation?> FindKeyAsync(Fingerprint fingerprint, CancellationToken cancellationToken) =>
        FindAsync(RevocationKind.Key, fingerprint.ToString(), cancellationToken);

    /// <summary>The revocation of a subject; null when it is not revoked.</summary>
    /// <param name="subject">Who.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revocation.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Revocation?> FindSubjectAsync(Subject subject, CancellationToken cancellationToken) =>
        FindAsync(RevocationKind.Subject, subject.Text, cancellationToken);

    /// <summary>The revocation of one certificate or passcode; null when it is not revoked by its serial, or that was forgotten because it had expired.</summary>
    /// <param name="serial">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revocation.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Revocation?> FindSerialAsync(ulong serial, CancellationToken cancellationToken) =>
        FindAsync(RevocationKind.Serial, serial.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>The revocation of a host; null when it is not revoked.</summary>
    /// <param name="host">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revocation.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Revocation?> FindHostAsync(HostId host, CancellationToken cancellationToken) =>
        FindAsync(RevocationKind.Host, host.Text, cancellationToken);

    /// <summary>The revocation of a host key, by itself or with its host; null when it is not revoked.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The revocation.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Revocation?> FindHostKeyAsync(SshPublicKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (await FindKeyAsync(key.Fingerprint, cancellationToken) is { } revoked) return revoked;
        string text = key.ToText();
        return await ListHostsAsync(cancellationToken)
            .FirstOrDefaultAsync(revocation => revocation.Host?.Keys.Contains(text) == true, cancellationToken);
    }

    /// <summary>Every revocation of a host in force.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By identifier of the host.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Revocation> ListHostsAsync(CancellationToken cancellationToken) =>
        _store.ReadAllAsync(Partition, RowRange.StartingWith(HostPrefix), CoreJson.Default.Revocation, cancellationToken);

    /// <summary>Every revocation in force.</summary>
    /// <param name="after">Starts after the revocation of this identifier; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>By kind and target.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<Revocation> ListAsync(string? after, CancellationToken cancellationToken) =>
        _store.ReadAllAsync(Partition, RowRange.StartingWith("r:").After(after is null ? null : RowOf(after)), CoreJson.Default.Revocation, cancellationToken);

    private async Task<Revocation?> FindAsync(RevocationKind kind, string target, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(Partition, RowOf($"{Revocation.TextOf(kind)}:{target}"));
        return (await _store.ReadAsync(key, CoreJson.Default.Revocation, cancellationToken))?.Value;
    }
}
