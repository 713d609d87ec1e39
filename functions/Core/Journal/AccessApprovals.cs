using System.Collections.Immutable;
using SshFunctions.Core.Access;

namespace SshFunctions.Core.Journal;

/// <summary>Finds which entries of the journal led to a grant as it was at an instant.</summary>
internal sealed class AccessApprovals(JournalReader reader)
{
    private const int Limit = 100;
    private const int MaximumPageCount = 5;

    private static readonly ImmutableArray<string> Story =
    [
        "access-request.opened", "access-request.approved", "access-request.auto-approved", "access-request.glass-broken",
        "access-request.activated", "access-request.denied", "access-request.extended",
    ];

    private readonly Dictionary<string, IReadOnlyList<JournalEntry>> _known = new(StringComparer.Ordinal);

    /// <summary>The approvals that came before, oldest first. Deeds are asked for newest first.</summary>
    /// <param name="grant">The grant, or that of an access request.</param>
    /// <param name="used">UTC; when a credential was bought by it.</param>
    /// <param name="latest">UTC; no later question is about anything later.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImmutableArray<JournalEntry>> FindAsync(
        string grant, DateTimeOffset used, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        AccessRequestId? request = AccessRequestId.OfGrant(grant);
        if (!_known.TryGetValue(grant, out IReadOnlyList<JournalEntry>? newestFirst))
            _known[grant] = newestFirst = await ReadAsync(request?.Text ?? grant, request is not null, latest, cancellationToken);
        IEnumerable<JournalEntry> before = newestFirst.Where(entry => entry.Time <= used);
        return request is null ? [.. before.Take(1)] : LedTo(before.Reverse(), used);
    }

    private async Task<IReadOnlyList<JournalEntry>> ReadAsync(string name, bool isRequest, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        var filter = new JournalFilter { Kinds = isRequest ? Story : ["grant.put"], Naming = name, Until = latest.AddTicks(1) };
        var found = new List<JournalEntry>();
        JournalCursor? from = null;
        for (int page = 0; page < MaximumPageCount; page++)
        {
            JournalPage read = await reader.ReadBackAsync(filter, from, Limit, cancellationToken);
            found.AddRange(read.Entries);
            from = read.Next;
            if (from is null || found.Exists(entry => entry.Event is JournalEvent.AccessRequestOpened or JournalEvent.GrantPut)) break;
        }

        return found;
    }

    /// <summary>An extension's approvals count only where the time before it was over.</summary>
    private static ImmutableArray<JournalEntry> LedTo(IEnumerable<JournalEntry> story, DateTimeOffset used)
    {
        var led = new List<JournalEntry>();
        var extension = new List<JournalEntry>();
        DateTimeOffset ends = DateTimeOffset.MaxValue;
        foreach (JournalEntry entry in story)
        {
            switch (entry.Event)
            {
                case JournalEvent.AccessRequestApproved { Extension: true } or JournalEvent.AccessRequestAutoApproved { Extension: true }:
                    extension.Add(entry);
                    break;
                case JournalEvent.AccessRequestApproved or JournalEvent.AccessRequestAutoApproved or JournalEvent.AccessRequestGlassBroken:
                    led.Add(entry);
                    break;
                case JournalEvent.AccessRequestDenied:
                    extension.Clear();
                    break;
                case JournalEvent.AccessRequestActivated activated:
                    ends = activated.Ends;
                    break;
                case JournalEvent.AccessRequestExtended extended:
                    if (used >= ends) led.AddRange(extension);
                    extension.Clear();
                    ends = extended.Ends;
                    break;
            }
        }

        return [.. led];
    }
}
