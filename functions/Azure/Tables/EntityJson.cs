using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Tables;

/// <summary>A document as an entity of a table, in OData's JSON.</summary>
/// <remarks>
/// The properties, in this order: PartitionKey, RowKey; Trail, a string; Size, the bytes of the body, an Int32; then the body in
/// pieces of 64 KiB, B00 to B11, Edm.Binary. Source: "Payload format for Table service operations".
/// </remarks>
internal static class EntityJson
{
    private const string TrailName = "Trail";
    private const string SizeName = "Size";
    private const int PieceBytes = 64 * 1024;

    // Nobody puts this into a page. The default escapes & and + too, which would take the largest commit of the longest keys beyond 4 MiB.
    private static readonly JsonWriterOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one.</summary>
    public static void Write(IBufferWriter<byte> output, string partition, EntityWrite write)
    {
        using var json = new Utf8JsonWriter(output, Unescaped);
        json.WriteStartObject();
        json.WriteString("PartitionKey", partition);
        json.WriteString("RowKey", write.Row);
        json.WriteString(TrailName, write.Trail?.ToString());
        json.WriteNumber(SizeName, write.Body.Length);
        for (int start = 0; start < write.Body.Length; start += PieceBytes)
        {
            string name = NameOf(start);
            json.WriteString(name + "@odata.type", "Edm.Binary");
            json.WriteBase64String(name, write.Body.Span.Slice(start, Math.Min(PieceBytes, write.Body.Length - start)));
        }

        json.WriteEndObject();
    }

    /// <summary>Reads one.</summary>
    /// <param name="entity">The JSON.</param>
    /// <param name="etag">Of the answer's header; null to take the entity's own.</param>
    /// <exception cref="FormatException">It is not what <see cref="Write"/> wrote.</exception>
    public static TableEntity Read(JsonElement entity, string? etag)
    {
        EntityVersion version = ReadVersion(entity, etag);
        string partition = Text(entity, "PartitionKey");
        string row = Text(entity, "RowKey");
        if (!DocumentKey.IsPart(partition) || !DocumentKey.IsPart(row)) throw new FormatException("an entity whose key is none of a document");
        return new TableEntity(new DocumentKey(partition, row), version, ReadBody(entity));
    }

    /// <summary>Reads what one says of its state, also one that is no document.</summary>
    /// <param name="entity">The JSON.</param>
    /// <param name="etag">Of the answer's header; null to take the entity's own.</param>
    /// <exception cref="FormatException">It is not what <see cref="Write"/> wrote.</exception>
    public static EntityVersion ReadVersion(JsonElement entity, string? etag)
    {
        etag ??= Text(entity, "odata.etag");
        return WriteTrail.Parse(Text(entity, TrailName)) is { } trail && EntityVersion.IsETag(etag)
            ? new EntityVersion(trail, etag)
            : throw new FormatException("an entity without the marks of a document");
    }

    private static byte[] ReadBody(JsonElement entity)
    {
        if (!entity.TryGetProperty(SizeName, out JsonElement told) || told.ValueKind != JsonValueKind.Number
            || !told.TryGetInt32(out int size) || size is < 0 or > StoreLimits.MaximumBodyBytes)
            throw new FormatException("an entity without the size of a body");
        byte[] body = new byte[size];
        for (int start = 0; start < size; start += PieceBytes)
        {
            int length = Math.Min(PieceBytes, size - start);
            if (!entity.TryGetProperty(NameOf(start), out JsonElement piece) || piece.ValueKind != JsonValueKind.String
                || !piece.TryGetBytesFromBase64(out byte[]? bytes) || bytes.Length != length)
                throw new FormatException("an entity whose body is not as long as it says");
            bytes.CopyTo(body, start);
        }

        return body;
    }

    private static string NameOf(int start) => (start / PieceBytes).ToString("'B'00", CultureInfo.InvariantCulture);

    private static string Text(JsonElement entity, string name) =>
        entity.ValueKind == JsonValueKind.Object && entity.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"an entity without {name}");
}
