using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal;

/// <summary>Answers from the journal who entered what, and by whose approval.</summary>
public sealed class AccessDeeds
{
    private static readonly ImmutableArray<string> Kinds =
    [
        "certificate.issued", "passcode.issued", "git-password.issued", "passcode.redeemed", "certificate.spent",
        "session.opened", "session.closed", "session.ended", "session.unexplained",
    ];

    private static readonly ImmutableArray<string> Approvals =
        ["grant.put", "access-request.approved", "access-request.auto-approved", "access-request.activated"];

    private readonly JournalReader _reader;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="reader">Reads the journal.</param>
    public AccessDeeds(JournalReader reader) => _reader = reader;

    /// <summary>Deeds newest first.</summary>
    /// <param name="filter">Place, time and request; its subject and kinds don't count.</param>
    /// <param name="who">Whose; null for everybody's. A session is the deed of whoever bought its credential.</param>
    /// <param name="from">Where to go on; null for the end of the journal.</param>
    /// <param name="limit">Most entries that are looked at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessDeedPage> ReadBackAsync(
        JournalFilter filter, Subject? who, JournalCursor? from, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        JournalFilter wanted = filter with { Subject = null, Kind = null, Kinds = Kinds, Request = null };
        JournalPage page = await _reader.ReadBackAsync(wanted, from, limit, cancellationToken);
        var deeds = new List<AccessDeed>();
        var approvals = new Dictionary<string, JournalEntry?>(StringComparer.Ordinal);
        foreach (JournalEntry entry in page.Entries)
        {
            AccessDeed deed = await ReadAsync(entry, cancellationToken);
            if ((who is not null && deed.Subject != who) || (filter.Request is { } request && deed.Grant != request.Grant.Text)) continue;
            deeds.Add(deed with { Approval = await FindApprovalAsync(deed, approvals, cancellationToken) });
        }

        return new AccessDeedPage(deeds, page.Next);
    }

    private async Task<AccessDeed> ReadAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        AccessDeed deed = Of(entry);
        if (deed.Credential is not { } serial || serial == entry.Position.Serial || !JournalPosition.TryFromSerial(serial, out JournalPosition position))
            return deed;
        // What a host tells is its word; who bought the credential is the broker's.
        return await _reader.FindAsync(position, cancellationToken) is { } bought && Of(bought) is { Grant: not null } credential
            ? deed with { Subject = credential.Subject, Grant = credential.Grant }
            : deed with { Credential = null };
    }

    private static AccessDeed Of(JournalEntry entry) => entry.Event switch
    {
        JournalEvent.CertificateIssued issued => Bought(entry, issued.Login.Text, issued.Grant, null),
        JournalEvent.PasscodeIssued issued => Bought(entry, issued.Login.Text, issued.Grant, issued.Source),
        JournalEvent.GitPasswordIssued issued => Bought(entry, issued.Login.Text, issued.Grant, null),
        JournalEvent.PasscodeRedeemed used => new(entry, used.Subject, used.Login.Text, used.Source, used.Passcode, null, null),
        JournalEvent.CertificateSpent spent => new(entry, null, spent.Login.Text, null, spent.Certificate, null, null),
        JournalEvent.SessionOpened session => new(entry, null, session.Login, session.Source, session.Serial, null, null),
        JournalEvent.SessionClosed session => new(entry, null, session.Login, session.Source, session.Serial, null, null),
        JournalEvent.SessionEnded session => new(entry, null, session.Login, session.Source, session.Serial, null, null),
        // Nothing that it claims to be is believed.
        JournalEvent.SessionUnexplained session => new(entry, null, session.Login, session.Source, null, null, null),
        _ => new(entry, null, null, null, null, null, null),
    };

    private static AccessDeed Bought(JournalEntry entry, string login, string grant, string? source) =>
        new(entry, entry.Caller.Subject, login, source, entry.Position.Serial, grant, null);

    /// <summary>Looks through one page of the journal only: what is older than that is not found.</summary>
    private async Task<JournalEntry?> FindApprovalAsync(
        AccessDeed deed, Dictionary<string, JournalEntry?> known, CancellationToken cancellationToken)
    {
        if (deed.Grant is not { } grant) return null;
        if (known.TryGetValue(grant, out JournalEntry? found)) return found;
        var filter = new JournalFilter { Kinds = Approvals, Naming = AccessRequestId.OfGrant(grant)?.Text ?? grant };
        JournalPage page = await _reader.ReadBackAsync(filter, null, 10, cancellationToken);
        // A decision says more than the grant that it made.
        found = page.Entries.FirstOrDefault(entry => entry.Event.Kind is "access-request.approved" or "access-request.auto-approved")
            ?? (page.Entries.Count > 0 ? page.Entries[0] : null);
        known[grant] = found;
        return found;
    }
}
