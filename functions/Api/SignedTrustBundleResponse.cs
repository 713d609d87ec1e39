namespace SshFunctions.Api;

/// <summary>Answer of GetTrustBundle in its signed form.</summary>
/// <param name="Bundle">A <see cref="TrustBundleResponse"/> as JSON text: exactly what is signed.</param>
/// <param name="Signature">Armored SSHSIG, namespace <c>sshfn-trust</c>, over the UTF-8 bytes of <paramref name="Bundle"/>, by the active journal key.</param>
/// <param name="Handovers">
/// Oldest first: of each journal key that was replaced the last bundle that it signed, which names the key after it. Who holds an old
/// journal key follows them to the one that signed.
/// </param>
public sealed record SignedTrustBundleResponse(string Bundle, string Signature, IReadOnlyList<SignedHandover> Handovers);
