namespace SshFunctions.Api;

/// <summary>Body of PutEnvironment.</summary>
/// <param name="Description">Free text for people.</param>
/// <param name="SshSwitch"><c>enabled</c> (when absent) or <c>disabled</c>.</param>
/// <param name="Protected">True: standing grants give nothing here, only an approved access request does.</param>
public sealed record EnvironmentRequest(string? Description = null, string? SshSwitch = null, bool Protected = false);
