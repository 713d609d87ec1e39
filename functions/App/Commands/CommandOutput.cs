using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SshFunctions.App.Commands;

/// <summary>Tells what a command did on standard output: a line each for people, or one JSON object.</summary>
internal static class CommandOutput
{
    public static void Write(bool json, params (string Name, object Value)[] members)
    {
        if (json) Console.Out.WriteLine(JsonOf(members));
        else foreach ((string name, object value) in members) Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24}{value}"));
    }

    private static string JsonOf((string Name, object Value)[] members)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach ((string name, object value) in members)
            {
                writer.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name).Replace(" ", "", StringComparison.Ordinal)));
                if (value is long number) writer.WriteNumberValue(number);
                else writer.WriteStringValue((string)value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
