namespace SshFunctions.Api;

/// <summary>Answer of ChallengeSshKey: the same for a key that is registered and one that is not.</summary>
/// <param name="Challenge">What to sign, byte for byte. Its second line is <c>broker URL</c>: who signs makes sure that it means that one.</param>
/// <param name="Namespace">The namespace of the signature, always <see cref="SignatureNamespace"/>.</param>
/// <param name="Expires">UTC, exclusive; it can be answered once before.</param>
/// <remarks>Source: PROTOCOL.sshsig.</remarks>
public sealed record SshKeyChallengeResponse(string Challenge, string Namespace, DateTimeOffset Expires)
{
    /// <summary>The one namespace that a client signs for, whatever a broker asks of it.</summary>
    public const string SignatureNamespace = "sign-in@sshfunctions";
}
