namespace SshFunctions.Api;

/// <summary>Body of CloseAccessRequest.</summary>
/// <param name="Reason">Why.</param>
public sealed record CloseAccessRequestRequest(string Reason);
