using System.Text.Json;
using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Support.Broker;

/// <summary>The CA of the fake broker: signs what it is asked for, or what a test makes of it.</summary>
public sealed class FakeAuthority : IDisposable
{
    private readonly SshPrivateKey _key = SshPrivateKey.GenerateEcdsa(256);
    private readonly SshPrivateKey _hostKey = SshPrivateKey.GenerateEcdsa(256);
    private ulong _serial = 65536;

    /// <summary>Signs user certificates.</summary>
    public SshPublicKey CaKey => _key.PublicKey;

    /// <summary>Signs host certificates.</summary>
    public SshPublicKey HostCaKey => _hostKey.PublicKey;

    /// <summary>How long its certificates hold.</summary>
    public TimeSpan Life { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Changes what is about to be signed, as a broken or hostile broker would.</summary>
    public Func<CertificateContent, CertificateContent>? Tamper { get; set; }

    /// <summary>Answers IssueUserCertificate.</summary>
    /// <param name="body">The request.</param>
    /// <param name="knownHosts">Keys of hosts that come with it.</param>
    /// <returns>The certificate.</returns>
    public FakeAnswer Answer(string body, string? knownHosts = null)
    {
        IssueUserCertificateRequest request = JsonSerializer.Deserialize(body, ApiJson.Default.IssueUserCertificateRequest)!;
        string login = request.Destination!.Login;
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        CertificateContent content = new()
        {
            SubjectKey = SshPublicKey.Parse(request.PublicKey),
            Serial = ++_serial,
            Type = CertificateType.User,
            KeyId = "alice@example.com",
            ValidPrincipals = [login],
            ValidAfter = now - TimeSpan.FromMinutes(1),
            ValidBefore = now + Life,
            Extensions = [CertificateOption.PermitPty],
        };
        content = Tamper?.Invoke(content) ?? content;
        byte[] signed = content.ToBeSigned(CaKey);
        string text = SshCertificate.Assemble(signed, _key.Sign(signed)).ToText();
        UserCertificateResponse response = new(
            text, content.Serial, content.KeyId, "acme/production/web", login, [login],
            content.ValidAfter, content.ValidBefore, CaKey.Fingerprint.ToString(), "g1", knownHosts);
        return FakeAnswer.Of(response, ApiJson.Default.UserCertificateResponse);
    }

    /// <summary>Certifies the key of a host, as <c>IssueHostCertificate</c> does.</summary>
    /// <param name="publicKey">Its public key, as text.</param>
    /// <param name="hosts">The names that clients use.</param>
    /// <returns>The certificate, as text.</returns>
    public string CertifyHost(string publicKey, params string[] hosts)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        CertificateContent content = new()
        {
            SubjectKey = SshPublicKey.Parse(publicKey.Trim()),
            Serial = ++_serial,
            Type = CertificateType.Host,
            KeyId = "host",
            ValidPrincipals = [.. hosts],
            ValidAfter = now - TimeSpan.FromMinutes(1),
            ValidBefore = now + TimeSpan.FromHours(1),
        };
        byte[] signed = content.ToBeSigned(HostCaKey);
        return SshCertificate.Assemble(signed, _hostKey.Sign(signed)).ToText();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _hostKey.Dispose();
    }
}
