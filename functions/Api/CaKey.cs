namespace SshFunctions.Api;

/// <summary>One CA public key in a trust bundle.</summary>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>, unpadded base64.</param>
/// <param name="State">Where the key is in its rotation: <c>published</c>, <c>active</c> or <c>retiring</c>.</param>
public sealed record CaKey(string PublicKey, string Fingerprint, string State);
