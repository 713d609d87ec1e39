using SshFunctions.Api;
using SshFunctions.Core.Certificates;
using SshFunctions.Ssh.Certificates;

namespace SshFunctions.App.Http.Contract;

/// <summary>Minted certificates as the API writes them.</summary>
internal static class CertificateContract
{
    public static UserCertificateResponse Of(IssuedCertificate issued, string? knownHosts)
    {
        CertificateContent content = issued.Certificate.Content;
        return new UserCertificateResponse(
            issued.Certificate.ToText(),
            content.Serial,
            content.KeyId,
            issued.Resource.Text,
            issued.Login.Text,
            content.ValidPrincipals,
            content.ValidAfter,
            content.ValidBefore,
            issued.Certificate.CaKey.Fingerprint.ToString(),
            issued.Grant.Text,
            knownHosts);
    }
}
