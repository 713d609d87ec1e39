using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Core;

/// <summary>Stored bodies and back.</summary>
internal static class Json
{
    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    public static T Decode<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException($"a stored {typeof(T).Name} is null");
}
