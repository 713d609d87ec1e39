namespace SshFunctions.Api;

/// <summary>An access request.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Path">Where.</param>
/// <param name="Requester">Who gets the access.</param>
/// <param name="OpenedBy">Who opened it: the requester, or <c>system</c> for a ticket.</param>
/// <param name="State"><c>pending</c>, <c>approved</c>, <c>active</c>, <c>denied</c>, <c>expired</c> or <c>closed</c>.</param>
/// <param name="Role">What it gives.</param>
/// <param name="Logins">Unix accounts; null for every login.</param>
/// <param name="SftpFolder">File transfer in this folder and nothing else; null for no such limit.</param>
/// <param name="Permissions">What a session may do.</param>
/// <param name="DurationSeconds">How long, counted from when the access is given.</param>
/// <param name="Reason">Why.</param>
/// <param name="Ticket">The ticket it belongs to; null for none.</param>
/// <param name="PublicKey">The public key that enters while the access lasts; null for none.</param>
/// <param name="Opened">UTC.</param>
/// <param name="Until">UTC, exclusive: when it expires unless it is decided, or given, before.</param>
/// <param name="ApprovalsNeeded">How many must say yes; 0 when its rule approved it.</param>
/// <param name="Approvals">Those so far.</param>
/// <param name="Activated">UTC; when the access was given. Null while it was not.</param>
/// <param name="Ends">UTC, exclusive: the end of the access. Null while it was not given.</param>
/// <param name="Grant">The grant that is there because of it; null when there is none.</param>
/// <param name="Extension">More time that is asked for; null for none.</param>
/// <param name="Ending">How it ended, or is about to: the grant is gone then. Null while it does not end.</param>
/// <param name="BreakGlass">Whether it was an emergency that nobody approved.</param>
/// <param name="Review">Who looked into the emergency; null while nobody has.</param>
/// <param name="Failure">Why the access could not be given so far; null when nothing went wrong.</param>
/// <param name="PublicKeyFingerprint"><c>SHA256:…</c> of that public key; null for none.</param>
public sealed record AccessRequestResponse(
    string Id,
    string Path,
    string Requester,
    string OpenedBy,
    string State,
    string Role,
    IReadOnlyList<string>? Logins,
    string? SftpFolder,
    IReadOnlyList<string> Permissions,
    int DurationSeconds,
    string Reason,
    AccessTicketResponse? Ticket,
    string? PublicKey,
    DateTimeOffset Opened,
    DateTimeOffset Until,
    int ApprovalsNeeded,
    IReadOnlyList<AccessApprovalResponse> Approvals,
    DateTimeOffset? Activated,
    DateTimeOffset? Ends,
    string? Grant,
    AccessExtensionResponse? Extension,
    AccessEndingResponse? Ending,
    bool BreakGlass,
    AccessReviewResponse? Review,
    string? Failure,
    string? PublicKeyFingerprint = null);
