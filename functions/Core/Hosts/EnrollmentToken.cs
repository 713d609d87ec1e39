using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Hosts;

/// <summary>What enrolls one host once, kept without its secret.</summary>
/// <param name="Id">Public half: 16 characters of <c>a-z 2-7</c>.</param>
/// <param name="Resource">The resource that the host becomes.</param>
/// <param name="Instance">Which numbered instance; null for the resource as a whole.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="SecretHash">SHA-256 of the secret, base64url.</param>
/// <param name="Host">The host that it enrolled; null while it is unused.</param>
public sealed record EnrollmentToken(
    string Id,
    ResourcePath Resource,
    int? Instance,
    Subject CreatedBy,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    string SecretHash,
    HostId? Host = null);
