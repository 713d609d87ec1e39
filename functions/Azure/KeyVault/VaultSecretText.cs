using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SshFunctions.Azure.KeyVault;

/// <summary>Reads a JSON text into bytes, without a string that nobody could wipe.</summary>
internal sealed class VaultSecretText : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence) throw new JsonException();
        byte[] buffer = new byte[reader.ValueSpan.Length];
        try
        {
            return buffer[..reader.CopyString(buffer)];
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("no Unicode");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        throw new NotSupportedException("secrets are read only");
}
