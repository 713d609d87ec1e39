namespace SshFunctions.Api;

/// <summary>Body of PutProject.</summary>
/// <param name="Description">Free text for people.</param>
/// <param name="SshSwitch"><c>enabled</c> (when absent) or <c>disabled</c>.</param>
public sealed record ProjectRequest(string? Description = null, string? SshSwitch = null);
