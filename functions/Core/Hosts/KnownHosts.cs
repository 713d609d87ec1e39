using System.Globalization;
using System.Text;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Revocations;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Lines;

namespace SshFunctions.Core.Hosts;

/// <summary>By what clients know a host: the host CA keys, and the keys that are themselves revoked.</summary>
/// <remarks>Who asks for a certificate may name the version of its copy, and gets a newer one along.</remarks>
public sealed class KnownHosts
{
    /// <summary>
    /// Most revoked keys of hosts that are told of one project, the newest: who manages one must not fill everybody's file. Thirty-two hosts with as many
    /// keys as a host may have; of RSA-8192 they are a third of a megabyte.
    /// </summary>
    public const int MaximumKeysPerProject = 256;

    /// <summary>
    /// Most bytes of the text: a client takes an answer of 16 MB at most, with the certificate in it, and reads the file at every connection. Where
    /// it is reached, the projects that have most go short.
    /// </summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private const string EveryHost = "*";
    private const string CaComment = "sshfn-host-ca";
    private readonly ISigningKeys _keys;
    private readonly RevocationRegistry _revocations;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="keys">The host CA keys.</param>
    /// <param name="revocations">The revoked hosts.</param>
    public KnownHosts(ISigningKeys keys, RevocationRegistry revocations)
    {
        _keys = keys;
        _revocations = revocations;
    }

    /// <summary>The version of what <see cref="WriteAsync"/> writes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// <c>TRUST.HOSTS</c>, two decimal numbers: the version of the trust bundle, and the version of the revocation list at which the revocation
    /// of a host last came, changed or went. Another one means another text; as signing keys it is at most <see cref="RotationBounds.LongestUnawareness"/> old.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    public async Task<string> ReadVersionAsync(CancellationToken cancellationToken) =>
        await ReadVersionAsync((await _keys.ReadAsync(cancellationToken)).Trusted, cancellationToken);

    /// <summary>The lines of a known_hosts file, for every host; their first is a comment with the version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// At least as new as the version in it. Of each project the newest <see cref="MaximumKeysPerProject"/> revoked keys, and at most
    /// <see cref="MaximumBytes"/> in all; enrollment refuses older ones too.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    public async Task<string> WriteAsync(CancellationToken cancellationToken) =>
        await RenderAsync((await _keys.ReadAsync(cancellationToken)).Trusted, cancellationToken);

    /// <summary>What <see cref="WriteAsync"/> writes, for a client that holds a version of it.</summary>
    /// <param name="held">The version, or another word where it holds none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when that is the version it holds; what differs is written by the keys as they are now, however lately they changed.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">A key can't be opened.</exception>
    public async Task<string?> WriteNewerAsync(string held, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (held == await ReadVersionAsync(cancellationToken)) return null;
        // Another instance may have told it of keys that this one has not heard of; what is older than its own a client refuses, and with it
        // what is new of the hosts. One reading, for a client that is behind or ahead.
        TrustedKeys keys = (await _keys.RefreshAsync(cancellationToken)).Trusted;
        return held == await ReadVersionAsync(keys, cancellationToken) ? null : await RenderAsync(keys, cancellationToken);
    }

    private async Task<string> RenderAsync(TrustedKeys keys, CancellationToken cancellationToken)
    {
        // Read before what it counts, so that a change meanwhile is fetched once more and never missed.
        var text = new StringBuilder($"# version {await ReadVersionAsync(keys, cancellationToken)}\n");
        foreach (TrustedKey key in keys.TrustedOf(KeyPurpose.HostCa))
            text.Append(KnownHostsLine.CertAuthority([EveryHost], key.Key, CaComment)).Append('\n');
        // A revoked CA key takes what it signed along, also where an older file still trusts it. Source: hostfile.c, check_key_not_revoked.
        foreach (TrustedKey key in keys.All.Where(key => key is { Purpose: KeyPurpose.HostCa, CutOff: not null }))
            text.Append(KnownHostsLine.Revoked([EveryHost], key.Key, CaComment)).Append('\n');
        // A KRL reaches servers; clients learn here which machines are themselves no more.
        var revoked = new RevokedHostKeys(MaximumKeysPerProject);
        await foreach (Revocation revocation in _revocations.ListHostsAsync(cancellationToken)) revoked.Add(revocation);
        foreach ((string key, Revocation revocation) in revoked.List())
        {
            string line = $"{KnownHostsLine.Revoked([EveryHost], SshPublicKey.Parse(key), revocation.Id)}\n";
            // Every character is ASCII. Here it ends, for a shorter one too: what is told must not hang on the length of a key.
            if (text.Length + line.Length > MaximumBytes) break;
            text.Append(line);
        }

        return text.ToString();
    }

    private async Task<string> ReadVersionAsync(TrustedKeys keys, CancellationToken cancellationToken)
    {
        long hosts = await _revocations.ReadHostsVersionAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{keys.Version}.{hosts}");
    }
}
