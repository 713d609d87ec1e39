namespace SshFunctions.Api;

/// <summary>Body of RotateKey.</summary>
/// <param name="Purpose"><c>user-ca</c>, <c>host-ca</c> or <c>journal</c>.</param>
/// <param name="Emergency">Whether to wait for nobody, and to cut the old key off with all that it signed.</param>
/// <param name="DryRun">Whether only to tell what would happen.</param>
public sealed record RotateKeyRequest(string Purpose, bool Emergency = false, bool DryRun = false);
