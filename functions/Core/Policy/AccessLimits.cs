using System.Collections.Immutable;

namespace SshFunctions.Core.Policy;

/// <summary>What an allowed access may be at most.</summary>
/// <param name="MaximumLifetime">Longest life of a certificate; null when neither grant nor resource bounds it.</param>
/// <param name="NotAfter">UTC; no certificate is valid from here on; null when nothing ends it.</param>
/// <param name="SourceAddresses">Where the client must come from; null for anywhere.</param>
/// <param name="Permissions">What a session may do.</param>
public sealed record AccessLimits(
    TimeSpan? MaximumLifetime,
    DateTimeOffset? NotAfter,
    ImmutableArray<SourceRange>? SourceAddresses,
    ImmutableArray<Permission> Permissions);
