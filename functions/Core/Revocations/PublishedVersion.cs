namespace SshFunctions.Core.Revocations;

/// <summary>A version of the revocation list.</summary>
/// <param name="Number">Grows by one with every change.</param>
public sealed record PublishedVersion(long Number);
