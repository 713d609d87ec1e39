using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Hosts;

/// <summary>A new enrollment token with its secret: the only time both are together.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">Its secret; the owner disposes it.</param>
public sealed record CreatedEnrollmentToken(EnrollmentToken Token, Secret Secret);
