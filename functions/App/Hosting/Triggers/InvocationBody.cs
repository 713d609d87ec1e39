using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>Reads what the Functions host posts to invoke a queue or timer function.</summary>
/// <remarks>
/// <code>
/// { "Data": { "message": "\"{\\\"number\\\":7}\"" }, "Metadata": { ... } }      the message's text, as JSON, in a JSON string
/// { "Data": { "message": "{\"number\":7}" } }                                   the same as the documentation shows it
/// { "Data": { "timer": { "IsPastDue": false, ... } }, "Metadata": { ... } }
/// </code>
/// Metadata is skipped unread: members of a message are copied into it over the host's own. Source: azure-functions-host,
/// ScriptInvocationContextExtensions.cs and Utility.ApplyBindingData.
/// </remarks>
internal static class InvocationBody
{
    private const string Data = "Data";

    // The reader keeps a bit per level and nothing on the stack: Metadata may hold a message's own nesting, which is nobody's fault.
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The text of the message that woke a queue function, UTF-8.</summary>
    public static Result<byte[]> ReadMessage(ReadOnlySpan<byte> body)
    {
        if (!ReadBinding(body, TriggerBindings.Message).Try(out BoundValue? value, out Refusal? refusal)) return refusal;
        if (value.Text is not { } text) return Malformed($"{Data}.{TriggerBindings.Message} is no string");
        if (!text.StartsWith('"')) return Encoding.UTF8.GetBytes(text);
        return ReadString(text) is { } inner ? Encoding.UTF8.GetBytes(inner) : Malformed($"{Data}.{TriggerBindings.Message} is a string that was not closed");
    }

    /// <summary>Whether the body is the invocation of a timer function. What the timer says of itself is not needed: the function finds what is due.</summary>
    public static Result<Done> ReadTimer(ReadOnlySpan<byte> body)
    {
        if (!ReadBinding(body, TriggerBindings.Timer).Try(out BoundValue? value, out Refusal? refusal)) return refusal;
        return value.Kind == JsonTokenType.StartObject ? Done.Instance : Malformed($"{Data}.{TriggerBindings.Timer} is no object");
    }

    private static Result<BoundValue> ReadBinding(ReadOnlySpan<byte> body, string binding)
    {
        if (!Utf8.IsValid(body)) return Malformed("it is not valid UTF-8");
        try
        {
            var reader = new Utf8JsonReader(body, AnyDepth);
            BoundValue? found = null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return Malformed("it is no object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isData = reader.ValueTextEquals(Data);
                reader.Read();
                if (!isData) reader.Skip();
                else if (found is not null) return Malformed($"it has {Data} twice");
                else if (reader.TokenType != JsonTokenType.StartObject) return Malformed($"{Data} is no object");
                else if (!ReadData(ref reader, binding).Try(out found, out Refusal? refusal)) return refusal;
            }

            // Throws for whatever follows the object.
            reader.Read();
            return found is null ? Malformed($"it has no {Data}") : found;
        }
        catch (Exception fault) when (IsMalformed(fault))
        {
            return Malformed("it is not JSON");
        }
    }

    private static Result<BoundValue> ReadData(ref Utf8JsonReader reader, string binding)
    {
        BoundValue? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isBinding = reader.ValueTextEquals(binding);
            reader.Read();
            if (isBinding && found is not null) return Malformed($"{Data} has {binding} twice");
            if (isBinding) found = new BoundValue(reader.TokenType, reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
            reader.Skip();
        }

        return found is null ? Malformed($"{Data} has no {binding}") : found;
    }

    private static string? ReadString(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            if (!reader.Read() || reader.TokenType != JsonTokenType.String) return null;
            string? inner = reader.GetString();
            reader.Read();
            return inner;
        }
        catch (Exception fault) when (IsMalformed(fault))
        {
            return null;
        }
    }

    // Half a surrogate pair, escaped, is JSON by its grammar and no text: the reader calls reading it an invalid operation.
    private static bool IsMalformed(Exception fault) => fault is JsonException or InvalidOperationException;

    private static Refusal.Invalid Malformed(string what) => new(null, $"the body is no invocation: {what}", null);

    private sealed record BoundValue(JsonTokenType Kind, string? Text);
}
