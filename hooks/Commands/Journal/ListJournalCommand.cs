using System.CommandLine;
using System.Globalization;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Display;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Commands.Journal;

/// <summary>Reads the journal, newest first.</summary>
internal sealed class ListJournalCommand : ListCommand<JournalEntryResponse>
{
    private const int DefaultLimit = 100;

    // The order of JournalEvent, which this program can't see: a test compares the two.
    internal static readonly string[] EventKinds =
    [
        "segment.opened", "segment.closed", "entry.void", "action.failed", "broker.bootstrapped", "broker.restored", "certificate.issued",
        "certificate.refused", "access.revoked", "revocation.lifted", "revocation-list.given-up", "key.registered", "key.removed", "private-key.received",
        "token.created", "token.rotated", "token.removed", "signed-in", "portal.signed-in", "sign-in.refused", "enrollment-token.created",
        "enrollment-token.removed", "host.enrolled", "host.removed", "host.alarm", "host-certificate.issued", "host-certificate.refused",
        "session.opened", "session.closed", "session.ended", "session.unexplained", "git-password.issued", "git-password.refused",
        "passcode.issued", "passcode.refused", "passcode.redeemed", "passcode.rejected", "certificate.spent", "certificate.spend-refused",
        "project.put", "environment.put", "resource.put", "ssh-switch.set", "path.removed", "grant.put", "grant.removed",
        "ticket.refused", "notification.given-up",
        "access-request.opened", "access-request.approved", "access-request.denied", "access-request.auto-approved", "access-request.glass-broken",
        "access-request.activated", "access-request.extension-asked", "access-request.extended", "access-request.closed", "access-request.expired",
        "access-request.failed", "access-request.reviewed", "access-rule.put", "access-rule.removed",
        "segments.removed", "signing-key.staged", "signing-key.published", "signing-key.activated", "signing-key.retiring", "signing-key.retired",
        "signing-key.aborted", "signing-key.emergency", "key.expiring", "token.expiring",
    ];

    private readonly JournalFilterOptions _filter = new();
    private readonly Option<ulong?> _serial = new("--serial") { Description = "The entry with this serial" };
    private readonly Option<int> _limit = new("--limit") { Description = "At most so many entries", DefaultValueFactory = _ => DefaultLimit };

    internal ListJournalCommand()
        : base("Read the journal, newest first", """
            sshfn audit list --subject bob@example.com --limit 20
            sshfn audit list --resource acme/production --event session.opened --event session.closed --since 8h
            """, Contract.Json.PageJournalEntryResponse, "serial", "time", "subject", "event", "resource", "details")
    {
        foreach (Option option in (Option[])[.. _filter.All, _serial, _limit])
            Options.Add(option);
    }

    protected override int Limit(ParseResult arguments) => arguments.GetValue(_limit) is > 0 and var limit
        ? limit
        : throw new CommandFailedException(ExitCode.Usage, "--limit is at least 1");

    protected override int? Width => Terminal.OutputWidth;

    protected override string PathOf(ParseResult arguments) => Route.Query(
        Routes.Journal,
        [
            .. _filter.Query(arguments),
            ("serial", arguments.GetValue(_serial)?.ToString(CultureInfo.InvariantCulture)),
            ("limit", Math.Min(Limit(arguments), DefaultLimit).ToString(CultureInfo.InvariantCulture)),
        ]);

    protected override string?[] Row(JournalEntryResponse item) =>
        [item.Serial.ToString(CultureInfo.InvariantCulture), Moment.Text(item.Time), item.Subject, item.Event, item.Resource, JournalDetails.Text(item.Details)];
}
