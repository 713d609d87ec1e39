using System.Collections.Immutable;
using System.Text.Json;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Outbound;

/// <summary>The file of <c>--outbound</c>: where the journal is forwarded to, and who is notified. Read once at start.</summary>
internal static class OutboundFile
{
    private const int MaximumCount = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = OutboundJson.Default,
        MaxDepth = 8,
    };

    /// <summary>Reads it.</summary>
    /// <param name="pathOrText">The file, or its text; null for nothing at all.</param>
    public static Result<OutboundProfile> Read(string? pathOrText) =>
        pathOrText is null ? OutboundProfile.None : JsonSetting.Read(BrokerSettings.Outbound.Name, pathOrText, bytes => Bind(bytes));

    internal static Result<OutboundProfile> Bind(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.Read<OutboundDocument>(utf8, Options).Try(out OutboundDocument? document, out Refusal? refusal)) return refusal;
        IReadOnlyList<ForwarderDocument> forwarders = document.Forwarders ?? [];
        IReadOnlyList<SubscriptionDocument> subscriptions = document.Subscriptions ?? [];
        if (FaultOfNames("forwarders", [.. forwarders.Select(each => each.Name)]) is { } fault) return fault;
        if (FaultOfNames("subscriptions", [.. subscriptions.Select(each => each.Name)]) is { } other) return other;
        var bound = ImmutableArray.CreateBuilder<ForwarderProfile>();
        foreach (ForwarderDocument written in forwarders)
        {
            if (!new ForwarderBinding(written).Bind().Try(out ForwarderProfile? forwarder, out refusal)) return refusal;
            bound.Add(forwarder);
        }

        var told = ImmutableArray.CreateBuilder<SubscriptionProfile>();
        foreach (SubscriptionDocument written in subscriptions)
        {
            if (!new SubscriptionBinding(written).Bind().Try(out SubscriptionProfile? subscription, out refusal)) return refusal;
            told.Add(subscription);
        }

        return new OutboundProfile(bound.ToImmutable(), told.ToImmutable());
    }

    private static Refusal.Invalid? FaultOfNames(string field, string[] names) =>
        names.Length > MaximumCount ? new Refusal.Invalid(field, $"there are more than {MaximumCount} {field}", "leave some out")
        : names.FirstOrDefault(name => !IsName(name)) is { } wrong ? new Refusal.Invalid(field, $"\"{wrong}\" of {field} is no name", "give 1 to 40 lower-case letters, digits and - between them")
        : names.Distinct().Count() < names.Length ? new Refusal.Invalid(field, $"two of {field} have one name", "give each its own")
        : null;

    internal static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && name[0] != '-' && name[^1] != '-' && name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit == '-');
}
