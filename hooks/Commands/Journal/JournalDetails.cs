using System.Text.Json;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>The details of a journal entry in one line.</summary>
internal static class JournalDetails
{
    // These have columns of their own.
    private static readonly string[] Elsewhere = ["kind", "resource"];

    /// <summary><c>key=value</c> pairs; texts as they are, lists with commas, what is null left out.</summary>
    internal static string Text(JsonElement details) => details.ValueKind == JsonValueKind.Object
        ? string.Join(' ', Members(details).Where(member => !Elsewhere.Contains(member.Name)).Select(Pair))
        : Value(details);

    private static IEnumerable<JsonProperty> Members(JsonElement element) =>
        element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null);

    private static string Pair(JsonProperty member) => $"{member.Name}={Value(member.Value)}";

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Value)),
        JsonValueKind.Object => "{" + string.Join(' ', Members(value).Select(Pair)) + "}",
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };
}
