using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SshFunctions.Support.Schemas;

/// <summary>Judges documents by the part of JSON Schema draft-07 that the schemas of Azure Functions use.</summary>
/// <remarks>A keyword that it does not know ends the test: what is not judged must not pass. No package that does this restores.</remarks>
public sealed class JsonSchema
{
    // They say nothing of what is valid.
    private static readonly HashSet<string> Remarks =
    [
        "$schema", "$id", "id", "$comment", "title", "description", "default", "definitions", "examples", "format", "markdownDescription",
        "enumDescriptions", "markdownEnumDescriptions", "x-intellij-enum-metadata", "x-intellij-html-description", "deprecated", "deprecationMessage",
        "x-intellij-language-injection", "allowTrailingCommas", "defaultSnippets",
    ];

    private readonly JsonObject _root;

    private JsonSchema(JsonObject root) => _root = root;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">Its JSON.</param>
    public static JsonSchema Parse(string text) => new(JsonNode.Parse(text)!.AsObject());

    /// <summary>What is wrong with a document.</summary>
    /// <param name="document">Its JSON.</param>
    /// <returns>A line for each fault, with the place; empty when it is valid.</returns>
    public IReadOnlyList<string> FaultsOf(string document)
    {
        var faults = new List<string>();
        Judge(_root, JsonNode.Parse(document), "$", faults);
        return faults;
    }

    private bool Accepts(JsonNode? schema, JsonNode? value)
    {
        var faults = new List<string>();
        Judge(schema, value, "", faults);
        return faults.Count == 0;
    }

    private void Judge(JsonNode? schema, JsonNode? value, string place, List<string> faults)
    {
        if (schema is JsonValue flag)
        {
            if (!flag.GetValue<bool>()) faults.Add($"{place} is not allowed");
            return;
        }

        JsonObject rules = schema!.AsObject();
        // Beside a reference every other keyword is ignored, by draft-07.
        if (rules["$ref"] is { } reference)
        {
            Judge(Resolve(reference.GetValue<string>()), value, place, faults);
            return;
        }

        foreach ((string keyword, JsonNode? rule) in rules)
        {
            if (!Remarks.Contains(keyword)) Judge(keyword, rule, rules, value, place, faults);
        }
    }

    private void Judge(string keyword, JsonNode? rule, JsonObject rules, JsonNode? value, string place, List<string> faults)
    {
        switch (keyword)
        {
            case "allOf":
                foreach (JsonNode? each in rule!.AsArray()) Judge(each, value, place, faults);
                break;
            case "anyOf" when !rule!.AsArray().Any(each => Accepts(each, value)):
            case "oneOf" when rule!.AsArray().Count(each => Accepts(each, value)) != 1:
            case "not" when Accepts(rule, value):
                faults.Add($"{place} breaks {keyword}");
                break;
            case "anyOf" or "oneOf" or "not":
                break;
            case "properties" or "required" or "additionalProperties":
                if (value is JsonObject members) JudgeMembers(keyword, rule!, rules, members, place, faults);
                break;
            case "items":
                if (value is JsonArray items) JudgeItems(rule!, items, place, faults);
                break;
            default:
                if (!Holds(keyword, rule, value)) faults.Add($"{place} breaks {keyword} {rule?.ToJsonString()}");
                break;
        }
    }

    private void JudgeMembers(string keyword, JsonNode rule, JsonObject rules, JsonObject members, string place, List<string> faults)
    {
        if (keyword == "required")
        {
            faults.AddRange(rule.AsArray().Select(name => name!.GetValue<string>())
                .Where(name => !members.ContainsKey(name)).Select(name => $"{place} has no {name}"));
            return;
        }

        JsonObject declared = keyword == "properties" ? rule.AsObject() : rules["properties"]?.AsObject() ?? [];
        foreach ((string name, JsonNode? member) in members)
        {
            bool isDeclared = declared.TryGetPropertyValue(name, out JsonNode? schema);
            if (isDeclared != (keyword == "properties")) continue;
            Judge(isDeclared ? schema : rule, member, $"{place}.{name}", faults);
        }
    }

    private void JudgeItems(JsonNode rule, JsonArray items, string place, List<string> faults)
    {
        // A list of schemas is for the items in the same places; further items are free.
        for (int index = 0; index < items.Count; index++)
        {
            JsonNode? schema = rule is JsonArray each ? (index < each.Count ? each[index] : null) : rule;
            if (schema is not null) Judge(schema, items[index], $"{place}[{index}]", faults);
        }
    }

    private static bool Holds(string keyword, JsonNode? rule, JsonNode? value) => keyword switch
    {
        "type" => rule is JsonArray types ? types.Any(type => IsOf(type!.GetValue<string>(), value)) : IsOf(rule!.GetValue<string>(), value),
        "const" => JsonNode.DeepEquals(rule, value),
        "enum" => rule!.AsArray().Any(each => JsonNode.DeepEquals(each, value)),
        "pattern" => value is not JsonValue text || !text.TryGetValue(out string? read) || Regex.IsMatch(read, rule!.GetValue<string>(), RegexOptions.ECMAScript),
        "minLength" => value is not JsonValue text || !text.TryGetValue(out string? read) || read.Length >= Number(rule),
        "minimum" => value is not JsonValue || !IsOf("number", value) || Number(value) >= Number(rule),
        "maximum" => value is not JsonValue || !IsOf("number", value) || Number(value) <= Number(rule),
        "uniqueItems" => value is not JsonArray items || items.Select(item => item?.ToJsonString()).Distinct().Count() == items.Count,
        _ => throw new NotSupportedException($"the schema uses {keyword}"),
    };

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && decimal.IsInteger(Number(value)),
        _ => throw new NotSupportedException($"the schema knows a type {type}"),
    };

    private static decimal Number(JsonNode? value) => decimal.Parse(value!.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private JsonNode? Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) throw new NotSupportedException($"the schema refers to {reference}");
        return reference[2..].Split('/').Aggregate((JsonNode?)_root, (node, name) => node?[name])
            ?? throw new NotSupportedException($"the schema has no {reference}");
    }
}
