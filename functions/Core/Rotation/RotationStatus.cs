using System.Collections.Immutable;

namespace SshFunctions.Core.Rotation;

/// <summary>How far the rotation of a purpose is.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="TrustVersion">Version of the trust bundle.</param>
/// <param name="Keys">Its keys, oldest first.</param>
/// <param name="Rotation">What is under way; null for nothing.</param>
/// <param name="Step">What is due.</param>
/// <param name="Hosts">What the hosts say of it; null where they are not asked.</param>
public sealed record RotationStatus(
    KeyPurpose Purpose, long TrustVersion, ImmutableArray<SigningKey> Keys, KeyRotation? Rotation, RotationStep Step, HostGate? Hosts);
