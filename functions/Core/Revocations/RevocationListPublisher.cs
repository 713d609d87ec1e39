using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Core.Revocations;

/// <summary>Builds and signs the KRL, once per version.</summary>
/// <remarks>Every reader asks the store for the version, so a revocation is in the next answer of every instance.</remarks>
public sealed class RevocationListPublisher : IDisposable
{
    /// <summary>Namespace of the signature; a host that verifies demands the same.</summary>
    public const string SignatureNamespace = "krl@sshfn";

    private readonly RevocationRegistry _revocations;
    private readonly ISigningKeys _keys;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _building = new(1, 1);
    private volatile Built? _published;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="keys">Says which journal key signs, and the CAs whose serials and key ids are revoked.</param>
    /// <param name="clock">Time of generation.</param>
    public RevocationListPublisher(RevocationRegistry revocations, ISigningKeys keys, TimeProvider clock)
    {
        _revocations = revocations;
        _keys = keys;
        _clock = clock;
    }

    /// <summary>The list that is in force.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Never an empty file: a KRL without entries has a header, and sshd takes it for what it is.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    /// <exception cref="SignerUnavailableException">The journal key is away.</exception>
    public async ValueTask<PublishedList> ReadAsync(CancellationToken cancellationToken)
    {
        long version = await _revocations.ReadVersionAsync(cancellationToken);
        KeysInForce keys = await _keys.ReadAsync(cancellationToken);
        if (_published is { } known && known.List.Version >= version && known.TrustVersion >= keys.Trusted.Version) return known.List;
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_published is { } built && built.List.Version >= version && built.TrustVersion >= keys.Trusted.Version) return built.List;
            // Whoever asked may go away; others wait for the same list.
            Built fresh = await BuildAsync(CancellationToken.None);
            _published = fresh;
            return fresh.List;
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Gives up what only a later read would need.</summary>
    public void Dispose() => _building.Dispose();

    /// <summary>A list of the version that was in force when the listing began.</summary>
    /// <remarks>
    /// The listing is no snapshot. What is revoked meanwhile may be in it, which only refuses more; what is lifted meanwhile may be out of it, as somebody decided. To
    /// wait for a version that stands still would be to publish none while somebody keeps changing it.
    /// </remarks>
    private async Task<Built> BuildAsync(CancellationToken cancellationToken)
    {
        long version = await _revocations.ReadVersionAsync(cancellationToken);
        // Not as they were known a moment ago: what is revoked may be signed by a key that came since, after an emergency, and serials
        // are revoked by the key that signed them.
        KeysInForce keys = await _keys.RefreshAsync(cancellationToken);
        var builder = new RevocationListBuilder();
        CaKeys cas = CaKeys.Of(keys.Trusted);
        var serials = new List<ulong>();
        await foreach (Revocation revocation in _revocations.ListAsync(null, cancellationToken)) Add(builder, cas, serials, revocation);
        foreach (SshPublicKey ca in cas.User) builder.AddSerials(ca, serials);
        byte[] krl = builder.Build((ulong)version, _clock.GetUtcNow(), "sshfn");
        string signature = await keys.Journal.SignAsync(SignatureNamespace, krl, cancellationToken);
        return new Built(new PublishedList(version, IdOf(krl, keys), krl, signature), keys.Trusted.Version);
    }

    // With the key that signs: the same list by another key has another signature, which hosts must fetch with it.
    private static string IdOf(byte[] krl, KeysInForce keys) =>
        Journal.JournalEntry.HashOf([.. krl, .. keys.Journal.PublicKey.Wire.Span])[..16];

    private void Add(RevocationListBuilder builder, CaKeys cas, List<ulong> serials, Revocation revocation)
    {
        switch (revocation.Kind)
        {
            case RevocationKind.Serial:
                serials.Add(ulong.Parse(revocation.Target, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case RevocationKind.Subject:
                foreach (SshPublicKey ca in cas.User) builder.AddKeyId(ca, Certificates.CertificateProfile.KeyIdOf(Subject.Parse(revocation.Target)));
                break;
            case RevocationKind.Host:
                AddHost(builder, cas, revocation);
                break;
            default:
                // The fingerprint of a CA key revokes whatever it signed. Source: PROTOCOL.krl, "SHA256 hashes"; krl.c, is_key_revoked.
                builder.AddFingerprint(Fingerprint.Parse(revocation.Target));
                break;
        }
    }

    /// <summary>By its name under both CAs, so that no certificate and no tunnel of it is missed; by serial for whoever matches those.</summary>
    private void AddHost(RevocationListBuilder builder, CaKeys cas, Revocation revocation)
    {
        string keyId = HostId.Parse(revocation.Target).Subject.Text;
        DateTimeOffset now = _clock.GetUtcNow();
        ulong[] serials = [.. (revocation.Host?.Certificates ?? []).Where(stamp => stamp.ValidBefore > now).Select(stamp => stamp.Serial)];
        foreach (SshPublicKey ca in cas.User) builder.AddKeyId(ca, keyId);
        foreach (SshPublicKey ca in cas.Host)
        {
            builder.AddKeyId(ca, keyId);
            builder.AddSerials(ca, serials);
        }
    }

    private sealed record Built(PublishedList List, long TrustVersion);

    /// <summary>Every CA that a host may take a certificate of. A serial is of one entry of the journal, so it is revoked under all of them.</summary>
    private sealed record CaKeys(SshPublicKey[] User, SshPublicKey[] Host)
    {
        public static CaKeys Of(TrustedKeys keys) => new(
            [.. keys.TrustedOf(KeyPurpose.UserCa).Select(key => key.Key)], [.. keys.TrustedOf(KeyPurpose.HostCa).Select(key => key.Key)]);
    }
}
