using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Core;

/// <summary>Stored bodies and back.</summary>
internal static class Json
{
    public static byte[] Encode<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    /// <summary>Reads a body that this program wrote.</summary>
    /// <exception cref="Ports.StoreUnavailableException">It is none of the kind: the store was damaged, or changed by somebody else.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException damaged)
        {
            throw new Ports.StoreUnavailableException($"a stored {typeof(T).Name} can't be read, the store is damaged", damaged);
        }
    }
}
