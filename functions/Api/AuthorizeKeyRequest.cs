namespace SshFunctions.Api;

/// <summary>Body of AuthorizeKey, sent by an enrolled host about itself.</summary>
/// <param name="Login">Unix account that a client asks for.</param>
/// <param name="PublicKey">The key that it offers, algorithm and base64; it has proved nothing yet.</param>
public sealed record AuthorizeKeyRequest(string Login, string PublicKey);
