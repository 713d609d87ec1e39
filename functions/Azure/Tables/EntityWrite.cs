using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>One change as it goes to storage.</summary>
/// <param name="Row">What it changes.</param>
/// <param name="Body">What it stores; nothing for a delete.</param>
/// <param name="Before">What it demands of the entity; null for an insert.</param>
/// <param name="Trail">What the entity will say of its writes; null for a delete.</param>
internal sealed record EntityWrite(string Row, ReadOnlyMemory<byte> Body, EntityVersion? Before, WriteTrail? Trail)
{
    public bool IsInsert => Before is null;

    public bool IsDelete => Trail is null;

    /// <summary>Whether the row is promised to stay, see <see cref="DocumentChange.Insert.Stays"/>.</summary>
    public bool Stays { get; init; }

    /// <summary>Prepares a change.</summary>
    public static EntityWrite Of(DocumentChange change, string operation)
    {
        switch (change)
        {
            case DocumentChange.Insert insert:
                return new EntityWrite(change.Row, insert.Body, null, WriteTrail.Insert(operation)) { Stays = insert.Stays };
            case DocumentChange.Replace replace:
                var read = EntityVersion.Of(replace.Version);
                return new EntityWrite(change.Row, replace.Body, read, read.Trail?.Then(operation) ?? WriteTrail.Insert(operation));
            case DocumentChange.Delete delete:
                return new EntityWrite(change.Row, default, EntityVersion.Of(delete.Version), null);
            default:
                throw new ArgumentException("unknown kind of change", nameof(change));
        }
    }

    /// <summary>The state in which storage's answer says that the entity is.</summary>
    /// <exception cref="StoreUnavailableException">Storage told no ETag.</exception>
    public EntityVersion StateOf(string? etag) => EntityVersion.IsETag(etag)
        ? new EntityVersion(Trail, etag!)
        : throw new StoreUnavailableException("storage wrote an entity and told no ETag");

    /// <summary>The version that storage's answer gives the document; null for a delete.</summary>
    /// <exception cref="StoreUnavailableException">Storage told no ETag.</exception>
    public DocumentVersion? VersionOf(string? etag) => IsDelete ? null : StateOf(etag).ToVersion();
}
