namespace SshFunctions.Api;

/// <summary>Answer of GetAuthorizedKeys: what a host may go by while the broker is away.</summary>
/// <param name="Document">An <see cref="AuthorizedKeysDocument"/> as JSON text; signed as it is.</param>
/// <param name="Signature">Armored SSHSIG over its UTF-8 by the journal key, namespace <c>authorized-keys@sshfn</c>.</param>
public sealed record AuthorizedKeysResponse(string Document, string Signature);
