namespace SshFunctions.Core.Sessions;

/// <summary>What is known of the credential that opened a session.</summary>
/// <param name="Serial">Of the certificate or the passcode; null for none.</param>
/// <param name="KeyId">Of the certificate; null for none.</param>
/// <param name="Fingerprint">Of the key; null for none.</param>
/// <param name="Fault">Why nothing this broker issued explains the login; null when something does.</param>
public sealed record SessionFinding(ulong? Serial, string? KeyId, string? Fingerprint, string? Fault);
