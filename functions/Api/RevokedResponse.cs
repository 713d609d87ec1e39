namespace SshFunctions.Api;

/// <summary>Answer of RevokeAccess.</summary>
/// <param name="KrlVersion">The first KRL version that carries it.</param>
/// <param name="Revocations">What is in force through this request; empty when a grant had no live certificate.</param>
public sealed record RevokedResponse(long KrlVersion, IReadOnlyList<RevocationResponse> Revocations);
