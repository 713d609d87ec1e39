using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace SshFunctions.Hooks.Broker;

/// <summary>Whether a broker left out what its API promises.</summary>
/// <remarks>
/// The reader refuses null for what can't be null, but not a member that is absent, because one that may be null may be absent; and it
/// looks into no list. Without this a broker that lies is noticed where the text is used, as a defect of ours.
/// </remarks>
internal static class AnswerShape
{
    internal static bool IsWhole(object value, JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.All(property => IsWhole(value, property, type)),
        JsonTypeInfoKind.Enumerable when value is IEnumerable items && type.ElementType is { IsValueType: false } element =>
            AreWhole(items, type.Options.GetTypeInfo(element)),
        _ => true,
    };

    private static bool IsWhole(object holder, JsonPropertyInfo property, JsonTypeInfo type)
    {
        if (property.PropertyType.IsValueType || property.Get is not { } get)
            return true;
        return get(holder) is { } member ? IsWhole(member, type.Options.GetTypeInfo(property.PropertyType)) : property.IsGetNullable;
    }

    private static bool AreWhole(IEnumerable items, JsonTypeInfo type)
    {
        foreach (object? item in items)
        {
            if (item is null || !IsWhole(item, type))
                return false;
        }

        return true;
    }
}
