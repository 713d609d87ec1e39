using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Ports;
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
    private readonly IStatementSigner _signer;
    private readonly SshPublicKey _userCa;
    private readonly SshPublicKey _hostCa;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _building = new(1, 1);
    private volatile PublishedList? _published;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="signer">The journal key.</param>
    /// <param name="userCa">The CA whose serials and key ids are revoked.</param>
    /// <param name="hostCa">The CA of host certificates.</param>
    /// <param name="clock">Time of generation.</param>
    public RevocationListPublisher(
        RevocationRegistry revocations, IStatementSigner signer, SshPublicKey userCa, SshPublicKey hostCa, TimeProvider clock)
    {
        _revocations = revocations;
        _signer = signer;
        _userCa = userCa;
        _hostCa = hostCa;
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
        if (_published is { } fresh && fresh.Version >= version) return fresh;
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_published is { } built && built.Version >= version) return built;
            PublishedList list = await BuildAsync(cancellationToken);
            _published = list;
            return list;
        }
        finally
        {
            _building.Release();
        }
    }

    /// <summary>Gives up what only a later read would need.</summary>
    public void Dispose() => _building.Dispose();

    private async Task<PublishedList> BuildAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            long version = await _revocations.ReadVersionAsync(cancellationToken);
            var builder = new RevocationListBuilder();
            var serials = new List<ulong>();
            await foreach (Revocation revocation in _revocations.ListAsync(null, cancellationToken)) Add(builder, serials, revocation);
            builder.AddSerials(_userCa, serials);
            // The listing is no snapshot: only when the version did not move is it the list of that version.
            if (await _revocations.ReadVersionAsync(cancellationToken) != version) continue;
            byte[] krl = builder.Build((ulong)version, _clock.GetUtcNow(), "sshfn");
            string signature = await _signer.SignAsync(SignatureNamespace, krl, cancellationToken);
            return new PublishedList(version, Journal.JournalEntry.HashOf(krl)[..16], krl, signature);
        }
    }

    private void Add(RevocationListBuilder builder, List<ulong> serials, Revocation revocation)
    {
        switch (revocation.Kind)
        {
            case RevocationKind.Serial:
                serials.Add(ulong.Parse(revocation.Target, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case RevocationKind.Subject:
                builder.AddKeyId(_userCa, Certificates.CertificateProfile.KeyIdOf(Subject.Parse(revocation.Target)));
                break;
            case RevocationKind.Host:
                AddHost(builder, revocation);
                break;
            default:
                // The fingerprint of a CA key revokes whatever it signed. Source: PROTOCOL.krl, "SHA256 hashes"; krl.c, is_key_revoked.
                builder.AddFingerprint(Fingerprint.Parse(revocation.Target));
                break;
        }
    }

    /// <summary>By its name under both CAs, so that no certificate and no tunnel of it is missed; by serial for whoever matches those.</summary>
    private void AddHost(RevocationListBuilder builder, Revocation revocation)
    {
        string keyId = HostId.Parse(revocation.Target).Subject.Text;
        builder.AddKeyId(_userCa, keyId);
        builder.AddKeyId(_hostCa, keyId);
        DateTimeOffset now = _clock.GetUtcNow();
        builder.AddSerials(_hostCa, (revocation.Host?.Certificates ?? []).Where(stamp => stamp.ValidBefore > now).Select(stamp => stamp.Serial));
    }
}
