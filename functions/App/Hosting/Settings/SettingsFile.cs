using System.Text;
using System.Text.Json;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Settings;

/// <summary>The file of <c>--config</c>: one JSON object whose members are the names of <see cref="BrokerSettings"/>.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    public static Result<SettingSource> Read(string path)
    {
        try
        {
            return Bind(File.ReadAllBytes(path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Unreadable(path, "can't be read", "check that it exists and that the broker's user may read it");
        }
    }

    internal static Result<SettingSource> Bind(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            // Some editors begin a file with a byte order mark.
            using JsonDocument document = JsonDocument.Parse(utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8, Strict);
            return Take(document.RootElement, path);
        }
        catch (JsonException broken)
        {
            return Unreadable(path, $"is not JSON, line {broken.LineNumber + 1}", "write one object, for example {\"data\": \"/var/lib/sshfn\"}");
        }
        catch (InvalidOperationException)
        {
            return Unreadable(path, "has a text that is no Unicode", "save it as UTF-8, without escapes of half a character");
        }
    }

    private static Result<SettingSource> Take(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return Unreadable(path, "holds no object", "write one object, for example {\"data\": \"/var/lib/sshfn\"}");

        var source = new SettingSource();
        foreach (JsonProperty member in root.EnumerateObject())
        {
            Setting? setting = BrokerSettings.Find(member.Name);
            if (setting is null || setting == BrokerSettings.Config)
                return Unreadable(path, $"has a member that is no setting, \"{member.Name}\"", "names are those of the options: see sshfn-broker --help");
            IEnumerable<JsonElement> elements = member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : [member.Value];
            foreach (JsonElement element in elements)
            {
                if (element.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                    return Unreadable(path, $"has a wrong kind of value for \"{member.Name}\"", $"for example {setting.Example}");
                string text = Text(element);
                if (text.Contains('\0', StringComparison.Ordinal))
                    return Unreadable(path, $"has the character U+0000 in \"{member.Name}\"", "no setting can hold it: leave it out");
                source.Add(setting, text, $"\"{member.Name}\" in {path}");
            }
        }

        return source;
    }

    private static string Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => element.GetRawText(),
    };

    private static Refusal.Invalid Unreadable(string path, string what, string fix) => new Refusal.Invalid("config", $"--config {path} {what}", fix);
}
