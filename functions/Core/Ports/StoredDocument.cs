using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Core.Ports;

/// <summary>A document as it was read.</summary>
public sealed class StoredDocument
{
    private object? _decoded;

    /// <summary>Makes it.</summary>
    /// <param name="key">Where it lies.</param>
    /// <param name="version">Demanded back by a replace or a delete.</param>
    /// <param name="body">UTF-8 JSON; not to be changed afterwards.</param>
    public StoredDocument(DocumentKey key, DocumentVersion version, ReadOnlyMemory<byte> body)
    {
        Key = key;
        Version = version;
        Body = body;
    }

    /// <summary>Where it lies.</summary>
    public DocumentKey Key { get; }

    /// <summary>Demanded back by a replace or a delete.</summary>
    public DocumentVersion Version { get; }

    /// <summary>UTF-8 JSON; not to be changed.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The domain object in it, read once however often it is asked for; nobody changes one.</summary>
    internal T Decode<T>(JsonTypeInfo<T> type)
        where T : class
    {
        if (Volatile.Read(ref _decoded) is T known) return known;
        T decoded = Json.Decode(Body, type);
        Volatile.Write(ref _decoded, decoded);
        return decoded;
    }
}
