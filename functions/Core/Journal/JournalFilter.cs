using System.Collections.Immutable;
using System.Text.Json;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

/// <summary>Which entries to read; every member that is given must fit.</summary>
/// <param name="Subject">Who caused it.</param>
/// <param name="Kind">Event kind, for example <c>certificate.issued</c>.</param>
/// <param name="About">The place it is about, or a place above that.</param>
/// <param name="Request">The access request that it is part of.</param>
public sealed record JournalFilter(Subject? Subject = null, string? Kind = null, ResourcePath? About = null, AccessRequestId? Request = null)
{
    /// <summary>Event kinds of which it must be one; none for every kind.</summary>
    public ImmutableArray<string> Kinds { get; init; } = [];

    /// <summary>UTC, inclusive; null for the journal's beginning.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>UTC, exclusive; null for its end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>An identifier, for example of a grant, that the event holds; null for any.</summary>
    internal string? Naming { get; init; }

    /// <summary>Whether every entry fits.</summary>
    public bool TakesAll =>
        Subject is null && Kind is null && About is null && Kinds.IsEmpty && Since is null && Until is null && Request is null && Naming is null;

    /// <summary>Whether an entry fits.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True when every member that is given fits.</returns>
    public bool Fits(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Subject is null || entry.Caller.Subject == Subject)
            && (Kind is null || entry.Event.Kind == Kind)
            && (Kinds.IsEmpty || Kinds.Contains(entry.Event.Kind))
            && (Since is null || entry.Time >= Since)
            && (Until is null || entry.Time < Until)
            && (Request is null || entry.Event.OfRequest == Request)
            && (About is not { } path || (entry.Event.About is { } about && path.Covers(about)))
            && (Naming is null || Names(entry, Naming));
    }

    private static bool Names(JournalEntry entry, string identifier)
    {
        using JsonDocument stored = JsonDocument.Parse(entry.Encoded);
        return Holds(stored.RootElement.GetProperty("event"), identifier);
    }

    private static bool Holds(JsonElement element, string text) => element.ValueKind switch
    {
        JsonValueKind.String => element.ValueEquals(text),
        JsonValueKind.Array => element.EnumerateArray().Any(item => Holds(item, text)),
        JsonValueKind.Object => element.EnumerateObject().Any(member => Holds(member.Value, text)),
        _ => false,
    };
}
