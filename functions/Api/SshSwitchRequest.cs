namespace SshFunctions.Api;

/// <summary>Body of SetSshSwitch.</summary>
/// <param name="State"><c>enabled</c> or <c>disabled</c>.</param>
/// <param name="Reason">Why, for the journal and for those who are refused; at most 500 characters.</param>
public sealed record SshSwitchRequest(string State, string? Reason = null);
