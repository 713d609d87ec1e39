using System.Collections.Immutable;
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
        var approvals = new AccessApprovals(_reader);
        foreach (JournalEntry entry in page.Entries)
        {
            (AccessDeed deed, DateTimeOffset bought) = await ReadAsync(entry, cancellationToken);
            if ((who is not null && deed.Subject != who) || (filter.Request is { } request && deed.Grant != request.Grant.Text)) continue;
            deeds.Add(deed.Grant is { } grant
                ? deed with { Approvals = await approvals.FindAsync(grant, bought, page.Entries[0].Time, cancellationToken) }
                : deed);
        }

        return new AccessDeedPage(deeds, page.Next);
    }

    /// <summary>A deed without its approvals, and when its credential was bought.</summary>
    private async Task<(AccessDeed Deed, DateTimeOffset Bought)> ReadAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        AccessDeed deed = Of(entry);
        if (deed.Credential is not { } serial || serial == entry.Position.Serial || !JournalPosition.TryFromSerial(serial, out JournalPosition position))
            return (deed, entry.Time);
        // What a host tells is its word; who bought the credential is the broker's.
        return await _reader.FindAsync(position, cancellationToken) is { } bought && Of(bought) is { Grant: not null } credential
            ? (deed with { Subject = credential.Subject, Grant = credential.Grant }, bought.Time)
            : (deed with { Credential = null }, entry.Time);
    }

    private static AccessDeed Of(JournalEntry entry) => entry.Event switch
    {
        JournalEvent.CertificateIssued issued => Bought(entry, issued.Login.Text, issued.Grant, null),
        JournalEvent.PasscodeIssued issued => Bought(entry, issued.Login.Text, issued.Grant, issued.Source),
        JournalEvent.GitPasswordIssued issued => Bought(entry, issued.Login.Text, issued.Grant, null),
        JournalEvent.PasscodeRedeemed used => new(entry, used.Subject, used.Login.Text, used.Source, used.Passcode, null, []),
        JournalEvent.CertificateSpent spent => new(entry, null, spent.Login.Text, null, spent.Certificate, null, []),
        JournalEvent.SessionOpened session => new(entry, null, session.Login, session.Source, session.Serial, null, []),
        JournalEvent.SessionClosed session => new(entry, null, session.Login, session.Source, session.Serial, null, []),
        JournalEvent.SessionEnded session => new(entry, null, session.Login, session.Source, session.Serial, null, []),
        // Nothing that it claims to be is believed.
        JournalEvent.SessionUnexplained session => new(entry, null, session.Login, session.Source, null, null, []),
        _ => new(entry, null, null, null, null, null, []),
    };

    private static AccessDeed Bought(JournalEntry entry, string login, string grant, string? source) =>
        new(entry, entry.Caller.Subject, login, source, entry.Position.Serial, grant, []);
}
