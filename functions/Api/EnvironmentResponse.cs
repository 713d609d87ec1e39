namespace SshFunctions.Api;

/// <summary>An environment.</summary>
/// <param name="Path"><c>project/environment</c>.</param>
/// <param name="Description">Free text; empty when none was given.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>.</param>
/// <param name="Protected">True: standing grants give nothing here.</param>
/// <param name="Switched">Who changed the switch last; null when nobody did.</param>
public sealed record EnvironmentResponse(string Path, string Description, string SshSwitch, bool Protected, SwitchChange? Switched = null);
