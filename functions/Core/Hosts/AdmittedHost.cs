using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Hosts;

/// <summary>A host that was enrolled, with the token that it asks with from now on.</summary>
/// <param name="Host">The host.</param>
/// <param name="Token">Its access token and the secret; the owner disposes that.</param>
public sealed record AdmittedHost(EnrolledHost Host, CreatedAccessToken Token);
