using SshFunctions.Core.Certificates;

namespace SshFunctions.Core.Rotation;

/// <summary>One key in a <see cref="TrustStatement"/>.</summary>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="State"><c>published</c>, <c>active</c> or <c>retiring</c>.</param>
public sealed record TrustStatementKey(string PublicKey, string Fingerprint, SigningKeyState State)
{
    internal static TrustStatementKey Of(TrustedKey key) => new(key.Key.ToText(), key.Key.Fingerprint.ToString(), key.State);
}
