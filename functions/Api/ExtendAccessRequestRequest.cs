namespace SshFunctions.Api;

/// <summary>Body of ExtendAccessRequest.</summary>
/// <param name="DurationSeconds">How much more than it has.</param>
/// <param name="Reason">Why.</param>
public sealed record ExtendAccessRequestRequest(int DurationSeconds, string Reason);
