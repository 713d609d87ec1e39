namespace SshFunctions.Api;

/// <summary>Answer of RecordSession.</summary>
/// <param name="Unexplained">Sessions that nothing this broker issued explains; each raised an alarm.</param>
public sealed record RecordedSessionsResponse(IReadOnlyList<string> Unexplained);
