using BenchmarkDotNet.Attributes;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;

namespace SshFunctions.Benchmarks.Certificate;

/// <summary>What the broker does for one user certificate once it is decided, and its steps apart. The CA and the user have P-256 keys.</summary>
public class CertificateSteps
{
    private const int WarmUpCount = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private static readonly Subject Alice = Subject.Parse("alice@example.com");
    private static readonly Login Deploy = Login.Parse("deploy");
    private static readonly AccessLimits Limits = new(null, null, null, [Permission.Pty]);
    private static readonly Resource Web = WebServer();
    private readonly SshPublicKey _subject;
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);
    private readonly PrivateKeyCertificateSigner _signer;
    private readonly UserCa _ca;
    private readonly SignatureVerifier _verifier;
    private readonly byte[] _toBeSigned;
    private readonly SshCertificate _certificate;
    private int _index;

    public CertificateSteps()
    {
        using SshPrivateKey subject = SshPrivateKey.GenerateEcdsa(256);
        _subject = subject.PublicKey;
        _signer = new PrivateKeyCertificateSigner(_key);
        _ca = new UserCa(_signer, TimeProvider.System);
        _verifier = new SignatureVerifier(_key.PublicKey);
        _toBeSigned = EncodeAndLint().ToBeSigned;
        _certificate = SshCertificate.Assemble(_toBeSigned, _key.Sign(_toBeSigned));
    }

    // Until everything is compiled for good, which takes longer than the rounds to warm up when the machine is busy.
    [GlobalSetup]
    public async Task WarmUp()
    {
        for (int number = 0; number < WarmUpCount; number++) await Issue();
    }

    [Benchmark(Description = "encode, lint, sign, check: as the broker issues")]
    public ValueTask<SshCertificate> Issue() => _ca.SignAsync(EncodeAndLint());

    [Benchmark(Description = "the same without the check")]
    public async ValueTask<SshCertificate> IssueUnchecked()
    {
        PreparedCertificate prepared = EncodeAndLint();
        ReadOnlyMemory<byte> raw = await _signer.SignAsync(prepared, CancellationToken.None);
        return SshCertificate.Assemble(prepared.ToBeSigned, SshSignature.FromRaw(_ca.PublicKey, raw.Span));
    }

    [Benchmark(Description = "encode and lint alone")]
    public PreparedCertificate EncodeAndLint()
    {
        // The index runs round, as it does from one segment of the journal to the next.
        _index = (_index % JournalPosition.MaximumIndex) + 1;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        var content = new CertificateContent
        {
            SubjectKey = _subject,
            Serial = new JournalPosition(1, _index).Serial,
            Type = CertificateType.User,
            KeyId = CertificateProfile.KeyIdOf(Web, Alice, Limits),
            ValidPrincipals = CertificateProfile.PrincipalsOf(Web, Deploy, Limits),
            ValidAfter = CertificateLimits.WholeSeconds(now - CertificateLimits.Backdate),
            ValidBefore = CertificateLimits.WholeSeconds(now + Life),
            CriticalOptions = CertificateProfile.CriticalOptionsOf(Limits),
            Extensions = CertificateProfile.ExtensionsOf(Web, Limits),
        };
        return _ca.Prepare(new CertificateDraft(content, now, Life), out string? fault) ?? throw new InvalidOperationException(fault);
    }

    [Benchmark(Description = "the signature alone")]
    public byte[] Sign() => _key.SignRaw(_toBeSigned);

    [Benchmark(Description = "the check alone")]
    public bool Check() => _certificate.VerifySignature(_verifier);

    [GlobalCleanup]
    public void DestroyKey() => _key.Dispose();

    private static Resource WebServer()
    {
        if (!ResourceHost.TryCreate("web.example.com", 22, null, out ResourceHost host)) throw new InvalidOperationException("not a host");
        return new Resource(
            ResourcePath.Parse("acme/production/web"), [host], [LoginRule.Parse("deploy")], CertificateProfileName.Sshd, "", SshSwitch.Enabled, null);
    }
}
