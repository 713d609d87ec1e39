namespace SshFunctions.Api;

/// <summary>Answer of SetSshSwitch.</summary>
/// <param name="Path">Which project, environment or resource.</param>
/// <param name="State"><c>enabled</c> or <c>disabled</c>, of that level alone: a disabled one above it wins.</param>
public sealed record SshSwitchResponse(string Path, string State);
