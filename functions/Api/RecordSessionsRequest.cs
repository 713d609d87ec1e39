namespace SshFunctions.Api;

/// <summary>Body of RecordSession: what happened on the host that sends it, oldest first.</summary>
/// <param name="Events">1 to 100; sending one again changes nothing.</param>
public sealed record RecordSessionsRequest(IReadOnlyList<SessionEvent> Events);
