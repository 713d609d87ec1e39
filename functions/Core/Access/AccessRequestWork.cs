namespace SshFunctions.Core.Access;

/// <summary>Row of a request that is not done with.</summary>
/// <param name="Request">Which.</param>
/// <param name="Due">UTC; from when on the broker itself has something to do. Null while only people have.</param>
internal sealed record AccessRequestWork(AccessRequestId Request, DateTimeOffset? Due)
{
    /// <summary>The row of a request; null when it is done with.</summary>
    public static AccessRequestWork? Of(AccessRequest request) => request switch
    {
        { IsFinal: true, NeedsReview: true } => new AccessRequestWork(request.Id, null),
        { IsFinal: true } => null,
        // An approved one waits for a message that may be lost, an ending one for whoever began to end it and may be dead.
        { State: AccessRequestState.Approved } or { Ending: not null } => new AccessRequestWork(request.Id, request.Opened),
        { State: AccessRequestState.Active } => new AccessRequestWork(request.Id, request.Ends),
        _ => new AccessRequestWork(request.Id, request.Until),
    };
}
