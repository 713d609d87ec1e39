namespace SshFunctions.Core.Passcodes;

/// <summary>A passcode in its owner's list.</summary>
/// <param name="Hash">By which it is found.</param>
/// <param name="Expires">UTC, exclusive.</param>
internal sealed record PasscodeStub(string Hash, DateTimeOffset Expires);
