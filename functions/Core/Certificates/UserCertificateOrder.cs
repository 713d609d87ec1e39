using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>What a caller wants certified, with the destination resolved.</summary>
/// <param name="Resource">What it shall reach.</param>
/// <param name="Login">As whom.</param>
/// <param name="SubjectKey">The key to certify.</param>
/// <param name="Lifetime">Wished life; null for the longest that is allowed.</param>
public sealed record UserCertificateOrder(Resource Resource, Login Login, SshPublicKey SubjectKey, TimeSpan? Lifetime);
