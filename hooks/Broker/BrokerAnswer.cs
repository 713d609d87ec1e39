using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Hooks.Broker;

/// <summary>The body of a successful answer.</summary>
internal sealed class BrokerAnswer(byte[] content)
{
    /// <summary>As it came; empty for an answer without a body.</summary>
    internal ReadOnlyMemory<byte> Content { get; } = content;

    internal T Read<T>(JsonTypeInfo<T> type)
        where T : notnull
    {
        try
        {
            T? value = JsonSerializer.Deserialize(Content.Span, type);
            return value is not null && AnswerShape.IsWhole(value, type) ? value : throw Unexpected();
        }
        catch (JsonException)
        {
            throw Unexpected();
        }
    }

    internal JsonElement ReadElement()
    {
        try
        {
            Utf8JsonReader reader = new(Content.Span);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            throw Unexpected();
        }
    }

    private static CommandFailedException Unexpected() =>
        new(ExitCode.Failed, "the broker's answer is not what its API promises", "is the address a broker's, and sshfn as new as the broker?");
}
