using System.Collections.Frozen;
using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Tickets;

/// <summary>Makes what a ticket wants of what it says. A refusal names the field and nothing that was sent.</summary>
internal sealed class TicketBinding(string source, TicketFields fields)
{
    private static readonly char[] Between = [',', ' ', ';', '\n', '\r', '\t'];

    private static readonly FrozenDictionary<string, Role> Roles = new Dictionary<string, Role>
    {
        ["auditor"] = Role.Auditor,
        ["developer"] = Role.Developer,
        ["manager"] = Role.Manager,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Permission> Permissions = new Dictionary<string, Permission>
    {
        ["pty"] = Permission.Pty,
        ["port-forwarding"] = Permission.PortForwarding,
        ["agent-forwarding"] = Permission.AgentForwarding,
        ["x11-forwarding"] = Permission.X11Forwarding,
        ["user-rc"] = Permission.UserRc,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public Result<Ticket> Bind() => fields.Event switch
    {
        "ignore" => new Ticket.Ignore(),
        "open" => BindReference().Try(out TicketReference? ticket, out Refusal? refusal) ? BindOpen(ticket) : refusal,
        "close" => BindReference().Try(out TicketReference? ticket, out Refusal? refusal)
            ? new Ticket.Close(ticket, Line(fields.Reason) ?? $"ticket {ticket.Reference} ended")
            : refusal,
        _ => Wrong("event", "is neither open, close nor ignore", "map it, with a default of ignore for what is none of the broker's business"),
    };

    private Result<TicketReference> BindReference()
    {
        if (string.IsNullOrWhiteSpace(fields.Reference)) return Missing("reference");
        var ticket = new TicketReference(source, fields.Reference.Trim(), Given(fields.Url));
        return ticket.FindFault() is { } fault ? fault : ticket;
    }

    private Result<Ticket> BindOpen(TicketReference ticket)
    {
        if (string.IsNullOrWhiteSpace(fields.Requester)) return Missing("requester");
        if (!Subject.TryParse(fields.Requester.Trim(), null, out Subject requester)) return Wrong("requester", "is no subject", Subject.Rule);
        if (string.IsNullOrWhiteSpace(fields.Path)) return Missing("path");
        if (!ResourcePath.TryParse(fields.Path.Trim(), null, out ResourcePath path)) return Wrong("path", "is no path", ResourcePath.Rule);
        if (string.IsNullOrWhiteSpace(fields.Duration)) return Missing("duration");
        if (!TicketDuration.TryParse(fields.Duration, out TimeSpan duration)) return Wrong("duration", "is none", TicketDuration.Rule);
        if (string.IsNullOrWhiteSpace(fields.Reason)) return Missing("reason");
        Role role = default;
        if (Given(fields.Role) is { } named && !Roles.TryGetValue(named, out role)) return Wrong("role", "is none", "choose auditor, developer or manager");
        SftpFolder folder = default;
        bool limited = Given(fields.SftpFolder) is not null;
        if (limited && !SftpFolder.TryParse(fields.SftpFolder!.Trim(), null, out folder)) return Wrong("sftpFolder", "is no folder", "write it like pub/media");
        if (!BindLogins().Try(out ImmutableArray<LoginRule> logins, out Refusal? refusal)
            || !BindPermissions(limited).Try(out ImmutableArray<Permission> permissions, out refusal))
            return refusal;
        return new Ticket.Open(new AccessRequestOrder(
            path,
            requester,
            Given(fields.Role) is null ? null : role,
            logins.IsEmpty ? null : logins,
            limited ? folder : null,
            permissions,
            duration,
            Line(fields.Reason)!,
            ticket,
            Given(fields.PublicKey)));
    }

    private Result<ImmutableArray<LoginRule>> BindLogins()
    {
        var logins = ImmutableArray.CreateBuilder<LoginRule>();
        foreach (string text in Items(fields.Logins))
        {
            if (!LoginRule.TryParse(text, null, out LoginRule login)) return Wrong("logins", "has one that is no login", "name unix accounts with a comma between");
            logins.Add(login);
        }

        return logins.Distinct().ToImmutableArray();
    }

    private Result<ImmutableArray<Permission>> BindPermissions(bool limited)
    {
        if (Given(fields.Permissions) is null) return limited ? ImmutableArray<Permission>.Empty : [Permission.Pty];
        var permissions = ImmutableArray.CreateBuilder<Permission>();
        foreach (string text in Items(fields.Permissions))
        {
            if (!Permissions.TryGetValue(text, out Permission permission)) return Wrong("permissions", "has one that there is not", $"choose from {string.Join(", ", Permissions.Keys.Order(StringComparer.Ordinal))}");
            permissions.Add(permission);
        }

        return permissions.Distinct().ToImmutableArray();
    }

    private static string[] Items(string? text) => (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The text on one line, as long as a reason may be: a ticket's title has no such bounds.</summary>
    private static string? Line(string? text)
    {
        if (Given(text) is not { } given) return null;
        string line = string.Join(' ', given.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string clean = string.Concat(line.EnumerateRunes().Where(FreeText.IsShown));
        return clean.Length <= AccessRequestOrder.MaximumReasonLength ? clean : clean[..(AccessRequestOrder.MaximumReasonLength - 1)] + "…";
    }

    private Refusal.Invalid Missing(string field) => Wrong(field, "is missing", $"check the ticket, and the mapping of source {source}");

    private static Refusal.Invalid Wrong(string field, string what, string fix) => new(field, $"the ticket's {field} {what}", fix);
}
