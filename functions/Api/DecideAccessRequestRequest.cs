namespace SshFunctions.Api;

/// <summary>Body of DecideAccessRequest.</summary>
/// <param name="Decision"><c>approve</c> or <c>deny</c>.</param>
/// <param name="Comment">What is said to it.</param>
public sealed record DecideAccessRequestRequest(string Decision, string? Comment = null);
