namespace SshFunctions.Api;

/// <summary>Shows that the closed segments of a checkpoint are the first ones of a later one, by RFC 6962, section 2.1.2.</summary>
/// <param name="From">The earlier checkpoint.</param>
/// <param name="To">The later one.</param>
/// <param name="Path">Hashes from the frozen root of the one to that of the other, the lowest first.</param>
public sealed record CheckpointConsistencyResponse(CheckpointResponse From, CheckpointResponse To, IReadOnlyList<string> Path);
