namespace SshFunctions.Core.Ports;

/// <summary>A document as it was read.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Version">Demanded back by a replace or a delete.</param>
/// <param name="Body">UTF-8 JSON; not to be changed.</param>
public sealed record StoredDocument(DocumentKey Key, DocumentVersion Version, ReadOnlyMemory<byte> Body);
