namespace SshFunctions.Api;

/// <summary>Every registered key that may enter one host.</summary>
/// <param name="Host">Identifier of the host that it is for.</param>
/// <param name="Resource">Path of the resource that the host is.</param>
/// <param name="Issued">UTC; a host takes none that is older than the one it has.</param>
/// <param name="Keys">The keys, by login.</param>
public sealed record AuthorizedKeysDocument(string Host, string Resource, DateTimeOffset Issued, IReadOnlyList<AuthorizedKey> Keys);
