namespace SshFunctions.Api;

/// <summary>Body of PutEnvironment.</summary>
/// <param name="Description">Free text for people; absent: as it is.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>; absent: as it is, enabled when new.</param>
/// <param name="Protected">True: standing grants give nothing here, only an approved access request does. Absent: as it is, false when new.</param>
public sealed record EnvironmentRequest(string? Description = null, string? SshSwitch = null, bool? Protected = null);
