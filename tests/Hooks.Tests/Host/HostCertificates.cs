using SshFunctions.Api;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Support.Broker;

namespace SshFunctions.Hooks.Tests.Host;

/// <summary>Certificates as the broker of a host makes them.</summary>
internal static class HostCertificates
{
    public static FakeAnswer Answer(FakeHostBroker broker, SshPublicKey key, TimeSpan life, TimeSpan? age = null)
    {
        SshCertificate certificate = Sign(broker.HostCa, key, CertificateType.Host, life, age ?? TimeSpan.FromMinutes(1));
        return FakeAnswer.Of(
            new HostCertificateResponse(
                certificate.ToText(), certificate.Content.Serial, certificate.Content.KeyId, certificate.Content.ValidPrincipals,
                certificate.Content.ValidAfter, certificate.Content.ValidBefore, certificate.CaKey.Fingerprint.ToString()),
            ApiJson.Default.HostCertificateResponse);
    }

    public static SshCertificate Sign(
        SshPrivateKey ca, SshPublicKey key, CertificateType type, TimeSpan life, TimeSpan age, ulong serial = 65537, params CertificateOption[] extensions)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        CertificateContent content = new()
        {
            SubjectKey = key,
            Serial = serial,
            Type = type,
            KeyId = type == CertificateType.Host ? "host:abcdefghijklmnop" : "alice@example.com",
            ValidPrincipals = [type == CertificateType.Host ? "web.example.com" : "deploy@acme/production/web"],
            ValidAfter = now - age,
            ValidBefore = now - age + life,
            Extensions = [.. extensions],
        };
        byte[] toBeSigned = content.ToBeSigned(ca.PublicKey);
        return SshCertificate.Assemble(toBeSigned, ca.Sign(toBeSigned));
    }
}
