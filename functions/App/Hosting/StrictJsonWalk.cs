using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting;

/// <summary>One pass over a body beside the metadata of its contract record; stops at the first thing that is wrong.</summary>
internal ref struct StrictJsonWalk
{
    private const int LongestNameShown = 64;

    private Utf8JsonReader _reader;
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly int _maximumDepth;

    public StrictJsonWalk(ReadOnlySpan<byte> utf8, int maximumDepth)
    {
        _utf8 = utf8;
        _maximumDepth = maximumDepth;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maximumDepth });
    }

    /// <summary>The first refusal; null when the body has the form of <paramref name="type"/> and nothing follows it.</summary>
    public Refusal.Invalid? Check(JsonTypeInfo type)
    {
        string? field = null;
        try
        {
            _reader.Read();
            Refusal.Invalid? refusal = CheckValue(type, nullable: false, ref field);
            if (refusal is null)
                _reader.Read(); // Throws on anything that follows.
            return refusal;
        }
        catch (JsonException syntax)
        {
            return SyntaxError(syntax, field);
        }
    }

    private Refusal.Invalid? CheckValue(JsonTypeInfo type, bool nullable, ref string? field)
    {
        if (_reader.TokenType == JsonTokenType.Null)
            return nullable ? null : new Refusal.Invalid(field, $"{Name(field)} is null.", "give it a value");
        return type.Kind switch
        {
            JsonTypeInfoKind.Object => CheckObject(type, ref field),
            JsonTypeInfoKind.Enumerable => CheckList(type, ref field),
            JsonTypeInfoKind.Dictionary => CheckTable(type, ref field),
            _ => CheckLeaf(type, field),
        };
    }

    private Refusal.Invalid? CheckObject(JsonTypeInfo type, ref string? field)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return WrongKind(field, "a JSON object");

        string? parent = field;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (MemberName() is not { } name)
                return new Refusal.Invalid(parent, $"{Name(parent)} has a member whose name is not Unicode text.", "remove it");
            JsonPropertyInfo? member = type.Properties.FirstOrDefault(member => member.Name == name);
            field = parent is null ? Shown(name) : $"{parent}.{Shown(name)}";
            if (member is null)
                return new Refusal.Invalid(field, $"{field} is not a member here.", $"remove it; known are {Known(type)}");
            if (!seen.Add(name))
                return new Refusal.Invalid(field, $"{field} is given more than once.", "give it once");
            _reader.Read();
            if (CheckValue(type.Options.GetTypeInfo(member.PropertyType), IsNullable(member), ref field) is { } refusal)
                return refusal;
        }

        field = parent;
        return type.Properties.FirstOrDefault(member => IsRequired(member) && !seen.Contains(member.Name)) is { } missing
            ? Missing(parent is null ? missing.Name : $"{parent}.{missing.Name}")
            : null;
    }

    private Refusal.Invalid? CheckList(JsonTypeInfo type, ref string? field)
    {
        if (_reader.TokenType != JsonTokenType.StartArray)
            return WrongKind(field, "a JSON array");

        string? parent = field;
        JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
        for (int index = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; index++)
        {
            field = $"{parent}[{index}]";
            if (CheckValue(element, nullable: false, ref field) is { } refusal)
                return refusal;
        }

        field = parent;
        return null;
    }

    private Refusal.Invalid? CheckTable(JsonTypeInfo type, ref string? field)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            return WrongKind(field, "a JSON object");

        string? parent = field;
        JsonTypeInfo element = type.Options.GetTypeInfo(type.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (MemberName() is not { } name)
                return new Refusal.Invalid(parent, $"{Name(parent)} has a member whose name is not Unicode text.", "remove it");
            field = $"{parent}.{Shown(name)}";
            if (!seen.Add(name))
                return new Refusal.Invalid(field, $"{field} is given more than once.", "give it once");
            _reader.Read();
            if (CheckValue(element, nullable: false, ref field) is { } refusal)
                return refusal;
        }

        field = parent;
        return null;
    }

    private Refusal.Invalid? CheckLeaf(JsonTypeInfo type, string? field)
    {
        Type leaf = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        bool right = _reader.TokenType switch
        {
            JsonTokenType.String when leaf == typeof(string) => IsText(),
            JsonTokenType.String when leaf == typeof(DateTimeOffset) => IsInstant(),
            JsonTokenType.Number when leaf == typeof(int) => _reader.TryGetInt32(out _),
            JsonTokenType.Number when leaf == typeof(long) => _reader.TryGetInt64(out _),
            JsonTokenType.Number when leaf == typeof(ulong) => _reader.TryGetUInt64(out _),
            JsonTokenType.True or JsonTokenType.False => leaf == typeof(bool),
            _ => false,
        };
        return right ? null : WrongKind(field, Expected(leaf));
    }

    private readonly bool IsText()
    {
        try
        {
            return _reader.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false; // A lone surrogate as an escape: JSON, but no Unicode text.
        }
    }

    // A time without an offset would be read in the machine's own zone.
    private readonly bool IsInstant() =>
        IsText() && _reader.TryGetDateTimeOffset(out _) && _reader.GetString() is { } text && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-'));

    private readonly string? MemberName()
    {
        try
        {
            return _reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private readonly Refusal.Invalid SyntaxError(JsonException syntax, string? field)
    {
        string detail = IsTruncated()
            ? "The body ends before its JSON does."
            : $"The body is not JSON at line {syntax.LineNumber + 1}, byte {syntax.BytePositionInLine + 1}.";
        return new Refusal.Invalid(field, detail, "send one JSON object without comments and trailing commas");
    }

    // A reader that is told that more may come complains of everything but the end.
    private readonly bool IsTruncated()
    {
        var reader = new Utf8JsonReader(_utf8, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = _maximumDepth }));
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Refusal.Invalid Missing(string field) => new(field, $"{field} is missing.", "add it");

    private static Refusal.Invalid WrongKind(string? field, string expected) => new(field, $"{Name(field)} is not {expected}.", $"give {expected}");

    private static string Expected(Type leaf) =>
        leaf == typeof(string) ? "a string of Unicode text"
        : leaf == typeof(bool) ? "true or false"
        : leaf == typeof(int) ? $"a whole number from {int.MinValue} to {int.MaxValue}"
        : leaf == typeof(long) ? $"a whole number from {long.MinValue} to {long.MaxValue}"
        : leaf == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}"
        : leaf == typeof(DateTimeOffset) ? "a time with offset, as in \"2030-01-31T12:00:00Z\""
        : throw new InvalidOperationException($"no JSON form for {leaf}");

    private static bool IsRequired(JsonPropertyInfo member) => member.IsRequired || member.AssociatedParameter is { HasDefaultValue: false };

    private static bool IsNullable(JsonPropertyInfo member) =>
        Nullable.GetUnderlyingType(member.PropertyType) is not null || (member.AssociatedParameter?.IsNullable ?? member.IsSetNullable);

    private static string Known(JsonTypeInfo type) => string.Join(", ", type.Properties.Select(member => member.Name));

    private static string Name(string? field) => field ?? "The body";

    // The name is the client's text: it is shown back in JSON, so only bounded and without control characters.
    private static string Shown(string name)
    {
        string bounded = name.Length > LongestNameShown ? name[..LongestNameShown] : name;
        return string.Concat(bounded.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
    }
}
