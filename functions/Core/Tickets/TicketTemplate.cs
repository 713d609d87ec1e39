using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SshFunctions.Core.Tickets;

/// <summary>A text with places for parts of a JSON document: <c>acme/{/fields/stage/value}/web</c>.</summary>
/// <remarks>
/// A place holds a JSON pointer (RFC 6901) in braces; <c>{{</c> and <c>}}</c> are braces. Several pointers with a <c>|</c> between stand for
/// the first that leads somewhere.
/// </remarks>
public sealed class TicketTemplate
{
    private readonly ImmutableArray<(string Text, ImmutableArray<string> Pointers)> _parts;

    private TicketTemplate(ImmutableArray<(string Text, ImmutableArray<string> Pointers)> parts) => _parts = parts;

    /// <summary>What a template must be, for people.</summary>
    public const string Rule = "a template is a text with JSON pointers in braces, as in https://help.example.com/{/issue/key}; {{ and }} are braces";

    /// <summary>Whether it holds text of its own around a place, so that what is put there must not add to the structure.</summary>
    private bool IsMixed => _parts.Length > 1;

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="template">The template.</param>
    /// <returns>Whether its braces match and hold pointers.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out TicketTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(text);
        template = null;
        var parts = ImmutableArray.CreateBuilder<(string, ImmutableArray<string>)>();
        var plain = new StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            char unit = text[at];
            bool isDouble = at + 1 < text.Length && text[at + 1] == unit;
            if (unit is not ('{' or '}'))
            {
                plain.Append(unit);
            }
            else if (isDouble)
            {
                plain.Append(unit);
                at++;
            }
            else
            {
                int end = unit == '{' ? text.IndexOf('}', at) : -1;
                if (end < 0) return false;
                ImmutableArray<string> pointers = [.. text[(at + 1)..end].Split('|', StringSplitOptions.TrimEntries)];
                if (pointers.Any(pointer => !pointer.StartsWith('/'))) return false;
                if (plain.Length > 0) parts.Add((plain.ToString(), []));
                parts.Add(("", pointers));
                plain.Clear();
                at = end;
            }
        }

        if (plain.Length > 0) parts.Add((plain.ToString(), []));
        template = new TicketTemplate(parts.ToImmutable());
        return true;
    }

    /// <summary>Fills the places.</summary>
    /// <param name="document">Where the pointers lead into.</param>
    /// <param name="structure">Characters that structure the result, which a part must not bring along where there is text around it.</param>
    /// <param name="text">The text; null when a pointer leads nowhere, or to what is no text.</param>
    /// <returns>False when a part brings structure along.</returns>
    public bool TryFill(JsonElement document, string structure, out string? text)
    {
        ArgumentNullException.ThrowIfNull(structure);
        text = null;
        var filled = new StringBuilder();
        foreach ((string plain, ImmutableArray<string> pointers) in _parts)
        {
            if (pointers.IsEmpty)
            {
                filled.Append(plain);
                continue;
            }

            if (pointers.Select(pointer => TextAt(document, pointer)).FirstOrDefault(found => found is not null) is not { } part) return true;
            if (IsMixed && part.AsSpan().IndexOfAny(structure) >= 0) return false;
            filled.Append(part);
        }

        text = filled.ToString();
        return true;
    }

    private static string? TextAt(JsonElement document, string pointer)
    {
        JsonElement at = document;
        foreach (string token in pointer[1..].Split('/'))
        {
            string name = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out JsonElement member)) at = member;
            else if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength()) at = at[index];
            else return null;
        }

        return TextOf(at);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            string.Join(',', value.EnumerateArray().Select(item => item.GetString())),
        _ => null,
    };
}
