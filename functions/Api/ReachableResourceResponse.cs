namespace SshFunctions.Api;

/// <summary>A resource, and who can reach it now.</summary>
/// <param name="Path">The resource.</param>
/// <param name="Protected">Whether standing grants give nothing there.</param>
/// <param name="SwitchedOff">The level on which SSH is switched off; null for none.</param>
/// <param name="Holders">Every grant in force that could open it; those with logins do.</param>
public sealed record ReachableResourceResponse(
    string Path, bool Protected, string? SwitchedOff, IReadOnlyList<AccessHolderResponse> Holders);
