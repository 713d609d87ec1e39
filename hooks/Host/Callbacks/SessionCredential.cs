using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Callbacks;

/// <summary>How a client proved itself, as sshd tells PAM: one method a line, the first that this broker may know counts.</summary>
/// <param name="Method">As in <see cref="LiveSession.Method"/>.</param>
/// <param name="Certificate">The certificate, read; null for none.</param>
/// <param name="Key">The plain key; null for none.</param>
/// <remarks>Source: sshd(8), ExposeAuthInfo; auth.c, auth2_update_session_info.</remarks>
internal sealed record SessionCredential(string Method, SshCertificate? Certificate = null, SshPublicKey? Key = null)
{
    private const string PublicKeyPrefix = "publickey ";

    internal bool IsSingleUse => Certificate?.Content.Extensions.Any(option => option.Name == LimitedPrincipal.SingleUseOption) == true;

    internal static SessionCredential Parse(string? info)
    {
        string[] lines = [.. (info ?? "").Split('\n').Where(line => line.StartsWith(PublicKeyPrefix, StringComparison.Ordinal)).Select(line => line[PublicKeyPrefix.Length..])];
        foreach (string line in lines)
        {
            if (SshCertificate.TryParse(line, out SshCertificate? certificate, out _))
                return new(LiveSession.ByCertificate, certificate);
        }

        foreach (string line in lines)
        {
            if (SshPublicKey.TryParse(line, out SshPublicKey? key, out _))
                return new(LiveSession.ByKey, Key: key);
        }

        return new(LiveSession.ByOther);
    }
}
