namespace SshFunctions.Api;

/// <summary>Body of ReviewAccessRequest.</summary>
/// <param name="Note">What was found.</param>
public sealed record ReviewAccessRequestRequest(string Note);
