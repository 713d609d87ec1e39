using SshFunctions.Api;
using SshFunctions.Hooks.Commands.Tree;
using SshFunctions.Hooks.Display;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>The members of an access request as people read them.</summary>
internal static class RequestRows
{
    internal static (string, string?)[] Of(AccessRequestResponse request) =>
    [
        ("id", request.Id), ("state", State(request)), ("path", request.Path), ("for", request.Requester), ("gives", Gives(request)),
        ("permissions", request.Permissions.Count == 0 ? "none" : string.Join(' ', request.Permissions)),
        ("duration", TreeRows.Seconds(request.DurationSeconds)), ("reason", request.Reason),
        .. Optional("ticket", request.Ticket is { } ticket ? ticket.Url is { } url ? $"{ticket.Reference} ({url})" : ticket.Reference : null),
        .. Optional("public key", request.PublicKey),
        .. Optional("key fingerprint", SshPublicKey.TryParse(request.PublicKey, out SshPublicKey? key, out _) ? key.Fingerprint.ToString() : null),
        ("opened", Moment.Text(request.Opened)),
        ("approvals", Approvals(request)),
        .. Optional("decided until", request.State is "pending" ? Moment.Text(request.Until) : null),
        .. Optional("given", Moment.Text(request.Activated)), .. Optional("ends", Moment.Text(request.Ends)), .. Optional("grant", request.Grant),
        .. Optional("more time", request.Extension is { } more ? $"until {Moment.Text(more.Ends)}: {more.Reason} ({more.Approvals.Count} of {request.ApprovalsNeeded} approvals)" : null),
        .. Optional("ended", request.Ending is { } ending ? Ending(ending) : null),
        .. Optional("review", Review(request)), .. Optional("failure", request.Failure),
    ];

    internal static string State(AccessRequestResponse request) => request switch
    {
        { State: "active" or "approved", Ending: not null } => "closing",
        { BreakGlass: true, Review: null } => request.State + ", to be reviewed",
        _ => request.State,
    };

    internal static string Gives(AccessRequestResponse request) => request switch
    {
        { SftpFolder: { } folder } => $"sftp in {folder}" + As(request),
        _ => request.Role + As(request),
    };

    private static string As(AccessRequestResponse request) => request.Logins is { } logins ? " as " + string.Join(' ', logins) : "";

    private static string Approvals(AccessRequestResponse request) => request.ApprovalsNeeded == 0
        ? request.BreakGlass ? "none: the glass was broken" : "none needed"
        : $"{request.Approvals.Count} of {request.ApprovalsNeeded}" + string.Concat(request.Approvals.Select(approval => $"; {approval.By} at {Moment.Text(approval.At)}{Said(approval.Comment)}"));

    private static string Ending(AccessEndingResponse ending) =>
        ending.Cause is "time" ? $"its time was over at {Moment.Text(ending.At)}" : $"{ending.By} at {Moment.Text(ending.At)}{Said(ending.Reason)}";

    private static string? Review(AccessRequestResponse request) =>
        request.Review is { } review ? $"{review.By} at {Moment.Text(review.At)}{Said(review.Note)}" : request.BreakGlass ? $"wanted: sshfn request review {request.Id} --note TEXT" : null;

    private static string Said(string? text) => text is null ? "" : $": {text}";

    private static (string, string?)[] Optional(string name, string? value) => value is null ? [] : [(name, value)];
}
