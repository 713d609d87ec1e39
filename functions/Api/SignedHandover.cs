namespace SshFunctions.Api;

/// <summary>The last trust bundle that a journal key signed.</summary>
/// <param name="Bundle">A <see cref="TrustBundleResponse"/> as JSON text.</param>
/// <param name="Signature">Armored SSHSIG, namespace <c>sshfn-trust</c>, over its UTF-8 bytes.</param>
public sealed record SignedHandover(string Bundle, string Signature);
