using System.Collections.Immutable;
using SshFunctions.Core.Resources;

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
    ImmutableArray<Permission> Permissions)
{
    /// <summary>What port forwarding may reach, as the resource sees it; null for anything.</summary>
    public ImmutableArray<HostAddress>? ForwardTargets { get; init; }

    /// <summary>The only folder, for file transfer and nothing else; null for no such limit.</summary>
    public SftpFolder? SftpFolder { get; init; }

    /// <summary>The only command that may run; null for any.</summary>
    public ForcedCommand? ForcedCommand { get; init; }

    /// <summary>Whether what is bought serves one connection.</summary>
    public bool SingleUse { get; init; }

    /// <summary>The account on a git host; null when the resource is none.</summary>
    public string? Account { get; init; }
}
