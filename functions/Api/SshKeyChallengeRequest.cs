namespace SshFunctions.Api;

/// <summary>Body of ChallengeSshKey.</summary>
/// <param name="PublicKey">The key that shall sign, one line as in a <c>.pub</c> file.</param>
public sealed record SshKeyChallengeRequest(string PublicKey);
