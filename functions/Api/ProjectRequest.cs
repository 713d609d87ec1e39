namespace SshFunctions.Api;

/// <summary>Body of PutProject.</summary>
/// <param name="Description">Free text for people; absent: as it is.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>; absent: as it is, enabled when new.</param>
public sealed record ProjectRequest(string? Description = null, string? SshSwitch = null);
