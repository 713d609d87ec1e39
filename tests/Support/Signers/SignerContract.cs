using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Signatures;
using Xunit;

namespace SshFunctions.Support.Signers;

/// <summary>What every signer keeps, whatever holds its key. A backend derives from it and adds only how a key becomes a signer.</summary>
public abstract class SignerContract
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);

    /// <summary>The types of key a CA may have.</summary>
    public static TheoryData<string> KeyTypes => ["ecdsa-256", "ecdsa-384", "ecdsa-521", "rsa-3072", "ed25519"];

    /// <summary>Whether the backend can hold a type of <see cref="KeyTypes"/>; one that it can't hold it refuses to open.</summary>
    /// <param name="type">The type.</param>
    protected virtual bool Holds(string type) => true;

    /// <summary>A certificate signer over a key.</summary>
    /// <param name="key">The caller disposes it.</param>
    protected abstract ICertificateSigner OpenCertificateSigner(SshPrivateKey key);

    /// <summary>A statement signer over a key.</summary>
    /// <param name="key">The caller disposes it.</param>
    protected abstract IStatementSigner OpenStatementSigner(SshPrivateKey key);

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(KeyTypes))]
    public async Task Signs_a_certificate_that_verifies(string type)
    {
        using SshPrivateKey key = Generate(type);
        if (!Holds(type))
        {
            Assert.Throws<SignerUnavailableException>(() => OpenCertificateSigner(key));
            return;
        }

        ICertificateSigner signer = OpenCertificateSigner(key);
        using SshPrivateKey subject = SshPrivateKey.GenerateEcdsa(256);
        CertificateContent content = ContentFor(subject.PublicKey);
        ReadOnlyMemory<byte> raw = await signer.SignAsync(Prepare(content, signer.PublicKey), CancellationToken.None);
        var certificate = SshCertificate.Assemble(content.ToBeSigned(signer.PublicKey), SshSignature.FromRaw(signer.PublicKey, raw.Span));
        Assert.True(certificate.VerifySignature());
        Assert.Equal(key.PublicKey, certificate.CaKey);
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(KeyTypes))]
    public async Task Signs_a_statement_that_verifies_in_its_namespace_only(string type)
    {
        using SshPrivateKey key = Generate(type);
        if (!Holds(type))
        {
            Assert.Throws<SignerUnavailableException>(() => OpenStatementSigner(key));
            return;
        }

        IStatementSigner signer = OpenStatementSigner(key);
        string signature = await signer.SignAsync("statement@sshfn", "words"u8.ToArray(), CancellationToken.None);
        Assert.True(SshSig.Verify(signature, "statement@sshfn", "words"u8, out SshPublicKey? by, out _));
        Assert.Equal(signer.PublicKey, by);
        Assert.False(SshSig.Verify(signature, "other@sshfn", "words"u8, out _, out _));
        Assert.False(SshSig.Verify(signature, "statement@sshfn", "word"u8, out _, out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_a_prepared_certificate_once()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        ICertificateSigner signer = OpenCertificateSigner(key);
        using SshPrivateKey subject = SshPrivateKey.GenerateEcdsa(256);
        PreparedCertificate prepared = Prepare(ContentFor(subject.PublicKey), signer.PublicKey);
        await signer.SignAsync(prepared, CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await signer.SignAsync(prepared, CancellationToken.None));
    }

    [Fact(Timeout = 60_000)]
    public async Task Signs_no_certificate_that_was_prepared_for_another_key_and_leaves_it_to_that_key()
    {
        using SshPrivateKey key = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey other = SshPrivateKey.GenerateEcdsa(256);
        using SshPrivateKey subject = SshPrivateKey.GenerateEcdsa(256);
        PreparedCertificate prepared = Prepare(ContentFor(subject.PublicKey), other.PublicKey);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await OpenCertificateSigner(key).SignAsync(prepared, CancellationToken.None));
        ReadOnlyMemory<byte> raw = await OpenCertificateSigner(other).SignAsync(prepared, CancellationToken.None);
        Assert.Equal(64, raw.Length);
    }

    /// <summary>A new key of a type of <see cref="KeyTypes"/>.</summary>
    /// <param name="type">The type.</param>
    protected static SshPrivateKey Generate(string type) => type switch
    {
        "ecdsa-256" => SshPrivateKey.GenerateEcdsa(256),
        "ecdsa-384" => SshPrivateKey.GenerateEcdsa(384),
        "ecdsa-521" => SshPrivateKey.GenerateEcdsa(521),
        "rsa-3072" => SshPrivateKey.GenerateRsa(3072),
        "ed25519" => SshPrivateKey.GenerateEd25519(),
        _ => throw new ArgumentException(type, nameof(type)),
    };

    private static PreparedCertificate Prepare(CertificateContent content, SshPublicKey ca)
    {
        var draft = new CertificateDraft(content, Now, TimeSpan.FromMinutes(5));
        PreparedCertificate? prepared = CertificateLinter.Prepare(draft, ca, out string? fault);
        Assert.Null(fault);
        return prepared!;
    }

    private static CertificateContent ContentFor(SshPublicKey subject) => new()
    {
        SubjectKey = subject,
        Serial = 65_537,
        Type = CertificateType.User,
        KeyId = "alice",
        ValidPrincipals = ["deploy@acme/production/web"],
        ValidAfter = Now,
        ValidBefore = Now + TimeSpan.FromMinutes(5),
    };
}
