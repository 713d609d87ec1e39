namespace SshFunctions.Api;

/// <summary>A project or an environment on the way to something that the caller may see.</summary>
/// <param name="Path">One name, or two with <c>/</c> between.</param>
/// <param name="Description">Free text; empty when none was given.</param>
/// <param name="SshSwitch"><c>enabled</c> or <c>disabled</c>, of the place itself.</param>
/// <param name="Protected">True: standing grants give nothing here; always false for a project.</param>
/// <param name="Switched">Who changed the switch last; null when nobody did.</param>
public sealed record PlaceResponse(string Path, string Description, string SshSwitch, bool Protected, SwitchChange? Switched = null);
