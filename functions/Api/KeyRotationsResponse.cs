namespace SshFunctions.Api;

/// <summary>Answer of GetKeyRotations.</summary>
/// <param name="TrustVersion">Version of the trust bundle.</param>
/// <param name="Rotations">One for each purpose.</param>
public sealed record KeyRotationsResponse(long TrustVersion, IReadOnlyList<KeyRotationResponse> Rotations);
