using SshFunctions.Ssh.Certificates;
using SshFunctions.Ssh.Keys;
using SshFunctions.Ssh.Revocation;

namespace SshFunctions.Hooks.Host.Sessions;

/// <summary>Whether a KRL takes back what opened a session.</summary>
internal static class RevokedSession
{
    /// <summary>Why a session must end; null when it may go on.</summary>
    /// <param name="session">The session.</param>
    /// <param name="list">The KRL in force.</param>
    /// <param name="userCas">Under which a passcode's serial and its owner are revoked.</param>
    internal static string? ReasonOf(LiveSession session, RevocationList list, IReadOnlyList<SshPublicKey> userCas) => session.Method switch
    {
        LiveSession.ByCertificate => ReasonOfCertificate(session.Certificate, list),
        LiveSession.ByKey => SshPublicKey.TryParse(session.Key, out SshPublicKey? key, out _) && list.IsRevoked(key)
            ? $"the key {key.Fingerprint} is revoked" : null,
        LiveSession.ByPasscode => userCas.Any(ca => list.IsRevoked(ca, session.Serial ?? 0, session.Subject ?? ""))
            ? $"the passcode {session.Serial} of {session.Subject}, or its owner, is revoked" : null,
        _ => null,
    };

    private static string? ReasonOfCertificate(string? text, RevocationList list) =>
        SshCertificate.TryParse(text, out SshCertificate? certificate, out _) && list.IsRevoked(certificate)
            ? $"the certificate {certificate.Content.Serial} of {certificate.Content.KeyId}, its key, its owner or its CA is revoked" : null;
}
