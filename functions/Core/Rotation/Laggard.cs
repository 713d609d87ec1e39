namespace SshFunctions.Core.Rotation;

/// <summary>A host that does not hold a key yet.</summary>
/// <param name="Host">Which.</param>
/// <param name="IsSilent">Whether it has not reported for too long to be asked.</param>
/// <param name="IsFailing">Whether it told that it refuses the bundle.</param>
public sealed record Laggard(SurveyedHost Host, bool IsSilent, bool IsFailing);
