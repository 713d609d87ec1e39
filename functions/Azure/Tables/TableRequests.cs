using System.Buffers;
using Azure.Core;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>The requests to a table.</summary>
/// <remarks>Source: "Table service REST API". The verbs and headers of a change are the same alone and in a batch.</remarks>
internal sealed class TableRequests(TableAddress address)
{
    public const string NoMetadata = "application/json;odata=nometadata";

    // Says the ETag of each entity of a listing, which no header can.
    private const string MinimalMetadata = "application/json;odata=minimalmetadata";

    /// <summary>Creates the table.</summary>
    public void Create(Request request, string name)
    {
        Begin(request, RequestMethod.Post, address.Tables, NoMetadata);
        request.Headers.SetValue("Prefer", "return-no-content");
        request.Headers.SetValue("Content-Type", "application/json");
        request.Content = RequestContent.Create(System.Text.Encoding.UTF8.GetBytes($$"""{"TableName":"{{name}}"}"""));
    }

    public void Get(Request request, string partition, string row) => Begin(request, RequestMethod.Get, address.Entity(partition, row), NoMetadata);

    public void Query(Request request, string partition, RowRange range, (string Partition, string? Row)? continuation) =>
        Begin(request, RequestMethod.Get, address.Query(partition, range, continuation), MinimalMetadata);

    /// <summary>Makes one change.</summary>
    public void Write(Request request, string partition, EntityWrite write)
    {
        Begin(request, MethodOf(write), UrlOf(partition, write), NoMetadata);
        foreach ((string name, string value) in HeadersOf(write)) request.Headers.SetValue(name, value);
        // A delete has an empty body rather than none, or else .NET's HTTP client would send it a second time by itself when the
        // connection breaks, and a delete that happened would be told as one that found nothing.
        request.Content = RequestContent.Create(write.IsDelete ? default : Encode(partition, write));
    }

    /// <summary>Makes several changes at once.</summary>
    public void WriteBatch(Request request, string partition, IReadOnlyList<EntityWrite> writes)
    {
        Begin(request, RequestMethod.Post, address.Batch, NoMetadata);
        var batch = new BatchWriter();
        foreach (EntityWrite write in writes)
        {
            batch.Begin(MethodOf(write).Method, UrlOf(partition, write), HeadersOf(write));
            if (!write.IsDelete) EntityJson.Write(batch.Body, partition, write);
        }

        request.Headers.SetValue("Content-Type", batch.ContentType);
        request.Content = RequestContent.Create(batch.End());
    }

    private static void Begin(Request request, RequestMethod method, Uri url, string accept)
    {
        request.Method = method;
        request.Uri.Reset(url);
        request.Headers.SetValue("Accept", accept);
        request.Headers.SetValue("DataServiceVersion", "3.0;NetFx");
        request.Headers.SetValue("MaxDataServiceVersion", "3.0;NetFx");
    }

    private static RequestMethod MethodOf(EntityWrite write) => write switch
    {
        { IsInsert: true } => RequestMethod.Post,
        { IsDelete: true } => RequestMethod.Delete,
        _ => RequestMethod.Put,
    };

    private static IEnumerable<(string Name, string Value)> HeadersOf(EntityWrite write)
    {
        yield return ("Accept", NoMetadata);
        if (write.Before is { } before) yield return ("If-Match", before.ETag);
        if (!write.IsDelete) yield return ("Content-Type", "application/json");
        if (write.IsInsert) yield return ("Prefer", "return-no-content");
    }

    private static ReadOnlyMemory<byte> Encode(string partition, EntityWrite write)
    {
        var json = new ArrayBufferWriter<byte>();
        EntityJson.Write(json, partition, write);
        return json.WrittenMemory;
    }

    private Uri UrlOf(string partition, EntityWrite write) =>
        write.IsInsert ? address.Table : address.Entity(partition, write.Row);
}
