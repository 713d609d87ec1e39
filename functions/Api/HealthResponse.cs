namespace SshFunctions.Api;

/// <summary>Answer of GetHealth.</summary>
/// <param name="Status">Always <c>ok</c>; a broker that can't serve does not answer 200.</param>
/// <param name="Version">The broker's version.</param>
/// <param name="Time">The broker's clock, UTC; a client compares it with its own.</param>
public sealed record HealthResponse(string Status, string Version, DateTimeOffset Time);
