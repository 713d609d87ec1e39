namespace SshFunctions.Core.Callers;

/// <summary>A challenge as it is handed out.</summary>
/// <param name="Text">What to sign, byte for byte.</param>
/// <param name="Expires">UTC, exclusive.</param>
public sealed record IssuedChallenge(string Text, DateTimeOffset Expires);
