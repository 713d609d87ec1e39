using System.Collections.Immutable;
using SshFunctions.Core.Certificates;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Rotation;

/// <summary>The keys at one moment: which sign, and which are trusted. Never changes; hold it for the length of one request.</summary>
/// <param name="Trusted">Every key, and what it counts for.</param>
/// <param name="UserCa">Signs user certificates.</param>
/// <param name="HostCa">Signs host certificates.</param>
/// <param name="Journal">Signs statements.</param>
public sealed record KeysInForce(TrustedKeys Trusted, UserCa UserCa, HostCa HostCa, IStatementSigner Journal)
{
    /// <summary>How hosts get from one journal key to the next, oldest first.</summary>
    public ImmutableArray<KeyHandover> Handovers { get; init; } = [];
}
