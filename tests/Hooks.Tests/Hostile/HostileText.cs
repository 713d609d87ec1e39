using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Api;

namespace SshFunctions.Hooks.Tests.Hostile;

/// <summary>An answer of the API whose every text would take over a terminal: made from the contract, so that no member can be forgotten.</summary>
internal static class HostileText
{
    /// <summary>Clears the screen, renames the window, moves up, forges a line of sshfn's, turns the direction of writing, and rings.</summary>
    internal const string Text = "x\u001b[2J\u001b]0;owned\u0007\u001b[1A\r\nsshfn: error: forged\n\u009b31m\u202etxt.exe\u2066\u2028\u2029\u0000\u007f\u0008";

    internal static string Of(Type type, params string[] plain) => Node(ApiJson.Default.GetTypeInfo(type)!, plain, 0)!.ToJsonString();

    private static JsonNode? Node(JsonTypeInfo type, string[] plain, int depth) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Members(type, plain, depth),
        JsonTypeInfoKind.Enumerable => new JsonArray(depth > 6 ? [] : [Node(type.Options.GetTypeInfo(type.ElementType!), plain, depth + 1)]),
        JsonTypeInfoKind.Dictionary => new JsonObject { [Text] = Node(type.Options.GetTypeInfo(type.ElementType!), plain, depth + 1) },
        _ => Value(Nullable.GetUnderlyingType(type.Type) ?? type.Type),
    };

    private static JsonObject Members(JsonTypeInfo type, string[] plain, int depth)
    {
        JsonObject members = [];
        foreach (JsonPropertyInfo property in type.Properties)
        {
            // "next" would lead to another page.
            bool isLeftOut = property.Name == "next" || depth > 6;
            members[property.Name] = isLeftOut ? null
                : plain.Contains(property.Name) ? JsonValue.Create("acme/production/web")
                : Node(type.Options.GetTypeInfo(property.PropertyType), plain, depth + 1);
        }

        return members;
    }

    private static JsonNode? Value(Type type) => type switch
    {
        _ when type == typeof(string) || type == typeof(object) => JsonValue.Create(Text),
        _ when type == typeof(bool) => JsonValue.Create(true),
        _ when type == typeof(DateTimeOffset) => JsonValue.Create("2026-01-01T00:00:00Z"),
        _ when type == typeof(TimeSpan) => JsonValue.Create("00:01:00"),
        _ when type == typeof(Guid) => JsonValue.Create(Guid.Empty.ToString()),
        _ when type == typeof(System.Text.Json.JsonElement) => new JsonObject { [Text] = Text },
        _ => JsonValue.Create(1),
    };
}
