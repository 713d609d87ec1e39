namespace SshFunctions.Api;

/// <summary>Body of RegisterKey.</summary>
/// <param name="Name">What the owner calls the key.</param>
/// <param name="PublicKey">One line as in a <c>.pub</c> file.</param>
/// <param name="Owner">Subject, or group the caller belongs to; the caller when absent.</param>
/// <param name="Expires">When the key stops counting, UTC; absent for never.</param>
public sealed record RegisterKeyRequest(string Name, string PublicKey, string? Owner = null, DateTimeOffset? Expires = null);
