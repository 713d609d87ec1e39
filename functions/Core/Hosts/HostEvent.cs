namespace SshFunctions.Core.Hosts;

/// <summary>The stored form of something that a host told.</summary>
/// <param name="Begun">When somebody began to record it, UTC.</param>
/// <param name="Outcome">What came of it; null while it is being recorded.</param>
internal sealed record HostEvent(DateTimeOffset Begun, string? Outcome);
