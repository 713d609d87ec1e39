using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Rotation;

/// <summary>A key that was made or found.</summary>
/// <param name="PublicKey">Its public half.</param>
/// <param name="Place">Where its private half lies; the same in every instance, and it names no other key later.</param>
public sealed record MadeSigningKey(SshPublicKey PublicKey, string Place);
