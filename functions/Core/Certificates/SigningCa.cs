using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Core.Certificates;

/// <summary>A CA key together with the one type of certificate that it signs: a host CA can't be asked for a user certificate, nor the other way round.</summary>
public abstract class SigningCa
{
    private static readonly TimeSpan SigningTimeout = TimeSpan.FromSeconds(10);
    private readonly ICertificateSigner _signer;
    private readonly SignatureVerifier _verifier;
    private readonly CertificateType _type;
    private readonly string _name;
    private readonly TimeProvider _clock;

    private protected SigningCa(ICertificateSigner signer, CertificateType type, string name, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(signer);
        _signer = signer;
        _verifier = new SignatureVerifier(signer.PublicKey);
        _type = type;
        _name = name;
        _clock = clock;
    }

    /// <summary>The CA's public key.</summary>
    public SshPublicKey PublicKey => _signer.PublicKey;

    /// <summary>Checks a draft for this key.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="fault">The rule that is broken; null when none is.</param>
    /// <returns>What can be signed; null when a rule is broken, or it is of another type than this key signs.</returns>
    public PreparedCertificate? Prepare(CertificateDraft draft, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Content.Type == _type) return CertificateLinter.Prepare(draft, _signer.PublicKey, out fault);
        fault = $"the {_name} key signs no other type of certificate";
        return null;
    }

    /// <summary>Signs what the linter passed.</summary>
    /// <exception cref="SignerUnavailableException">The key is away, or gave no signature of its own.</exception>
    internal async ValueTask<SshCertificate> SignAsync(PreparedCertificate prepared)
    {
        ReadOnlyMemory<byte> raw = await SignRawAsync(prepared);
        SshCertificate certificate = SshCertificate.Assemble(prepared.ToBeSigned, SshSignature.FromRaw(_signer.PublicKey, raw.Span));
        // A device that miscalculates, or a key that was exchanged, must not reach a client, nor leak itself in a faulty signature.
        return certificate.VerifySignature(_verifier)
            ? certificate
            : throw new SignerUnavailableException($"the {_name} key gave a signature that does not verify");
    }

    private async ValueTask<ReadOnlyMemory<byte>> SignRawAsync(PreparedCertificate prepared)
    {
        ValueTask<ReadOnlyMemory<byte>> signing = _signer.SignAsync(prepared, CancellationToken.None);
        if (signing.IsCompletedSuccessfully) return signing.Result;
        try
        {
            return await signing.AsTask().WaitAsync(SigningTimeout, _clock);
        }
        catch (TimeoutException error)
        {
            throw new SignerUnavailableException($"the {_name} key did not answer in time", error);
        }
    }
}
