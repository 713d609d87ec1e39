namespace SshFunctions.Api;

/// <summary>A project.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Description">Free text; empty when none was given.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>.</param>
/// <param name="Switched">Who changed the switch last; null when nobody did.</param>
public sealed record ProjectResponse(string Path, string Description, string SshSwitch, SwitchChange? Switched = null);
