using System.Collections.Immutable;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Everything the policy looks at, read beforehand: the policy itself reads nothing.</summary>
/// <param name="Project">The resource's project.</param>
/// <param name="Environment">The resource's environment.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Grants">Every grant that the caller or one of its groups holds on the resource or above it, in force or not.</param>
/// <param name="SubjectRevoked">Why the caller's subject is revoked; null when it is not.</param>
public sealed record AccessFacts(
    Project Project,
    ProjectEnvironment Environment,
    Resource Resource,
    ImmutableArray<Grant> Grants,
    string? SubjectRevoked = null);
