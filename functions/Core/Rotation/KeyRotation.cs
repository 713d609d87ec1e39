using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Rotation;

/// <summary>A rotation under way: from a new key to the end of the old one.</summary>
/// <param name="Purpose">Of which purpose; one at a time.</param>
/// <param name="Key">Identifier of the key that comes.</param>
/// <param name="Predecessor">Identifier of the key that goes.</param>
/// <param name="IsEmergency">Whether it waits for nobody.</param>
/// <param name="Started">UTC.</param>
/// <param name="StartedBy">Who began it; <c>system</c> for the schedule.</param>
/// <param name="RolledBack">Why the two changed places again; null where they did not.</param>
public sealed record KeyRotation(
    KeyPurpose Purpose, string Key, string Predecessor, bool IsEmergency, DateTimeOffset Started, Subject StartedBy, string? RolledBack = null);
