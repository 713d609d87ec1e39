using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>A document as storage holds it.</summary>
/// <param name="Key">Where it lies.</param>
/// <param name="Version">Its state.</param>
/// <param name="Body">UTF-8 JSON.</param>
internal sealed record TableEntity(DocumentKey Key, EntityVersion Version, ReadOnlyMemory<byte> Body)
{
    public StoredDocument ToDocument() => new(Key, Version.ToVersion(), Body);
}
