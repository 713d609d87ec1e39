using System.Buffers;
using System.Text;
using System.Text.Json;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Doctor;

namespace SshFunctions.Hooks.Display;

/// <summary>The API's own JSON, indented, everything outside ASCII escaped; members that this version does not know are kept.</summary>
internal static class Json
{
    internal static string Render(BrokerAnswer answer) => answer.Content.IsEmpty ? "" : Write(answer.ReadElement().WriteTo);

    /// <summary>One page made of all pages.</summary>
    internal static string RenderPages(IReadOnlyList<BrokerAnswer> answers, int limit) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (JsonElement item in answers.SelectMany(answer => answer.ReadElement().GetProperty("items").EnumerateArray()).Take(limit))
            item.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    internal static string RenderElement(JsonElement element) => Write(element.WriteTo);

    /// <summary>A page of some of the items that came, each as it came.</summary>
    internal static string RenderItems(IEnumerable<JsonElement> items) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (JsonElement item in items)
            item.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A page of rows, each an object of the columns.</summary>
    internal static string RenderRows(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows) => Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("items");
        foreach (IReadOnlyList<string?> row in rows)
            WriteMembers(writer, columns.Zip(row));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>One object; its names in camelCase.</summary>
    internal static string RenderMembers(IEnumerable<(string Name, string? Value)> members) => Write(writer => WriteMembers(writer, members));

    internal static string RenderFindings(IEnumerable<Finding> findings) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (Finding finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("level", finding.Level);
            writer.WriteString("text", finding.Text);
            if (finding.Fix is { } fix)
                writer.WriteString("fix", fix);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<(string Name, string? Value)> members)
    {
        writer.WriteStartObject();
        foreach ((string name, string? value) in members)
            writer.WriteString(CamelCase(name), value);
        writer.WriteEndObject();
    }

    private static string CamelCase(string words) => string.Concat(words.Split(' ').Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true }))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
