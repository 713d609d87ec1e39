using System.Collections.Immutable;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Hosts;

/// <summary>What a machine that enrolls says of itself.</summary>
/// <param name="HostKeys">Its public host keys, 1 to <see cref="HostEnrollment.MaximumKeyCount"/>.</param>
/// <param name="SshdVersion">For example <c>9.2</c>.</param>
/// <param name="Name">What it calls itself, for people; null for nothing.</param>
public sealed record HostOrder(ImmutableArray<SshPublicKey> HostKeys, string SshdVersion, string? Name);
