using System.Text.Json;
using System.Text.Json.Serialization;

namespace SshFunctions.Core;

/// <summary>Stores a value type as the text it parses from.</summary>
/// <typeparam name="T">The value type.</typeparam>
public sealed class TextConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.TryParse(reader.GetString(), null, out T? value) ? value : throw new JsonException($"not a {typeof(T).Name}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToString());
    }
}
