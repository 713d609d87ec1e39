using System.Collections.Immutable;
using System.Text.Json;
using SshFunctions.App.Hosting.Settings;
using SshFunctions.Core;
using SshFunctions.Core.Tickets;

namespace SshFunctions.App.Hosting.Tickets;

/// <summary>The file of <c>--tickets</c>: the ticket systems that open access requests. Read once at start.</summary>
internal static class TicketsFile
{
    private const int MaximumCount = 20;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = TicketsJson.Default,
        MaxDepth = 8,
    };

    /// <summary>Reads it.</summary>
    /// <param name="pathOrText">The file, or its text; null for no ticket system at all.</param>
    public static Result<ImmutableArray<TicketSource>> Read(string? pathOrText) => pathOrText is null
        ? ImmutableArray<TicketSource>.Empty
        : JsonSetting.Read(BrokerSettings.Tickets.Name, pathOrText, bytes => Bind(bytes));

    internal static Result<ImmutableArray<TicketSource>> Bind(ReadOnlySpan<byte> utf8)
    {
        if (!StrictJson.Read<TicketsDocument>(utf8, Options).Try(out TicketsDocument? document, out Refusal? refusal)) return refusal;
        if (document.Sources.Count > MaximumCount) return new Refusal.Invalid("sources", $"there are more than {MaximumCount} sources", "leave some out");
        if (document.Sources.Select(source => source.Name).Distinct().Count() < document.Sources.Count)
            return new Refusal.Invalid("sources", "two sources have one name", "give each its own");
        var sources = ImmutableArray.CreateBuilder<TicketSource>();
        foreach (SourceDocument written in document.Sources)
        {
            if (!new SourceBinding(written).Bind().Try(out TicketSource? source, out refusal)) return refusal;
            sources.Add(source);
        }

        return sources.ToImmutable();
    }
}
