namespace SshFunctions.Api;

/// <summary>Body of DecideAccessRequest.</summary>
/// <param name="Decision"><c>approve</c> or <c>deny</c>.</param>
/// <param name="Comment">What is said to it.</param>
/// <param name="Until">The end of the extension that is decided, as it was seen, to the second; null when it is the request itself. Another one is not decided.</param>
public sealed record DecideAccessRequestRequest(string Decision, string? Comment = null, DateTimeOffset? Until = null);
