using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SshFunctions.App.Hosting.Manifest;

/// <summary>The text of a <c>function.json</c>.</summary>
internal static class FunctionJson
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With what every file of an author begins.</summary>
    public static string StartOf(string author) => $"{{\n  \"generatedBy\": \"{author}\",\n";

    public static string Write(string author, IEnumerable<IReadOnlyDictionary<string, object>> bindings)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Readable))
        {
            json.WriteStartObject();
            json.WriteString("generatedBy", author);
            json.WriteStartArray("bindings");
            foreach (IReadOnlyDictionary<string, object> binding in bindings) WriteBinding(json, binding);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray()) + "\n";
    }

    private static void WriteBinding(Utf8JsonWriter json, IReadOnlyDictionary<string, object> binding)
    {
        json.WriteStartObject();
        foreach ((string name, object value) in binding)
        {
            if (value is not IEnumerable<string> many)
            {
                json.WriteString(name, (string)value);
                continue;
            }

            json.WriteStartArray(name);
            foreach (string one in many) json.WriteStringValue(one);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
