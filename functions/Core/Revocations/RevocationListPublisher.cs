using SshFunctions.Core.Callers;
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
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _building = new(1, 1);
    private volatile PublishedList? _published;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="revocations">What is revoked.</param>
    /// <param name="signer">The journal key.</param>
    /// <param name="userCa">The CA whose serials and key ids are revoked.</param>
    /// <param name="clock">Time of generation.</param>
    public RevocationListPublisher(RevocationRegistry revocations, IStatementSigner signer, SshPublicKey userCa, TimeProvider clock)
    {
        _revocations = revocations;
        _signer = signer;
        _userCa = userCa;
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
            await foreach (Revocation revocation in _revocations.ListAsync(null, cancellationToken))
            {
                if (revocation.Kind == RevocationKind.Serial)
                    serials.Add(ulong.Parse(revocation.Target, System.Globalization.CultureInfo.InvariantCulture));
                else if (revocation.Kind == RevocationKind.Key)
                    builder.AddFingerprint(Fingerprint.Parse(revocation.Target));
                else
                    builder.AddKeyId(_userCa, Certificates.CertificateProfile.KeyIdOf(Subject.Parse(revocation.Target)));
            }

            builder.AddSerials(_userCa, serials);
            // The listing is no snapshot: only when the version did not move is it the list of that version.
            if (await _revocations.ReadVersionAsync(cancellationToken) != version) continue;
            byte[] krl = builder.Build((ulong)version, _clock.GetUtcNow(), "sshfn");
            string signature = await _signer.SignAsync(SignatureNamespace, krl, cancellationToken);
            return new PublishedList(version, Journal.JournalEntry.HashOf(krl)[..16], krl, signature);
        }
    }
}
