using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>One change as it goes to storage.</summary>
/// <param name="Change">What the caller asked for.</param>
/// <param name="Before">What it demands of the document; null for an insert.</param>
/// <param name="Trail">What the document will say of its writes; null for a delete.</param>
internal sealed record EntityWrite(DocumentChange Change, EntityVersion? Before, WriteTrail? Trail)
{
    public string Row => Change.Row;

    public ReadOnlyMemory<byte> Body => Change switch
    {
        DocumentChange.Insert insert => insert.Body,
        DocumentChange.Replace replace => replace.Body,
        _ => default,
    };

    /// <summary>Prepares a change.</summary>
    public static EntityWrite Of(DocumentChange change, string operation)
    {
        switch (change)
        {
            case DocumentChange.Insert:
                return new EntityWrite(change, null, WriteTrail.Insert(operation));
            case DocumentChange.Replace replace:
                var read = EntityVersion.Of(replace.Version);
                return new EntityWrite(change, read, read.Trail?.Then(operation) ?? WriteTrail.Insert(operation));
            case DocumentChange.Delete delete:
                return new EntityWrite(change, EntityVersion.Of(delete.Version), null);
            default:
                throw new ArgumentException("unknown kind of change", nameof(change));
        }
    }

    /// <summary>The version that storage's answer gives the document; null for a delete.</summary>
    /// <exception cref="StoreUnavailableException">Storage told no ETag.</exception>
    public DocumentVersion? VersionOf(string? etag)
    {
        if (Trail is null) return null;
        return EntityVersion.IsETag(etag)
            ? new EntityVersion(Trail, etag!).ToVersion()
            : throw new StoreUnavailableException("storage wrote a document and told no ETag");
    }
}
