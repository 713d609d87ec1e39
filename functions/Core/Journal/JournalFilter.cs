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
    /// <summary>Whether an entry fits.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True when every member that is given fits.</returns>
    public bool Fits(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (Subject is null || entry.Caller.Subject == Subject)
            && (Kind is null || entry.Event.Kind == Kind)
            && (Request is null || entry.Event.OfRequest == Request)
            && (About is not { } path || (entry.Event.About is { } about && path.Covers(about)));
    }
}
