using System.Collections.Immutable;

namespace SshFunctions.Core.Resources;

/// <summary>A server, an app or a git host.</summary>
/// <param name="Path">Depth 3.</param>
/// <param name="Hosts">Names and ports it is reached under, 1 to <see cref="ResourceTree.MaximumHostCount"/>; no other resource holds one.</param>
/// <param name="Logins">Unix accounts that grants may allow, 1 to <see cref="ResourceTree.MaximumLoginCount"/>.</param>
/// <param name="Profile">What its certificates hold.</param>
/// <param name="Description">Free text, at most <see cref="ResourceTree.MaximumDescriptionLength"/> characters.</param>
/// <param name="SshSwitch">Off: nobody enters.</param>
/// <param name="MaximumLifetime">Longest life of a certificate for it; null for the broker's own maximum.</param>
public sealed record Resource(
    ResourcePath Path,
    ImmutableArray<HostAddress> Hosts,
    ImmutableArray<Login> Logins,
    CertificateProfileName Profile,
    string Description,
    SshSwitch SshSwitch,
    TimeSpan? MaximumLifetime);
