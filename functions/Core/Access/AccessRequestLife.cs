using System.Collections.Immutable;
using SshFunctions.Core.Callers;

namespace SshFunctions.Core.Access;

/// <summary>The life of an access request: every step from one state to the next, and no other. Pure.</summary>
/// <remarks><c>open → pending | approved → active → closed</c>; from pending also <c>denied</c>, from pending and approved <c>expired</c>, from both <c>closed</c> by who withdraws it.</remarks>
internal static class AccessRequestLife
{
    /// <summary>A new one; <paramref name="needed"/> is 0 when nobody has to approve.</summary>
    public static AccessRequest Open(AccessRequestId id, AccessRequestOrder order, Subject opener, AccessRule rule, int needed, DateTimeOffset now) => new(
        id, order, opener, needed == 0 ? AccessRequestState.Approved : AccessRequestState.Pending, now, now + rule.PendingLife, needed, [])
    {
        BreakGlass = order.BreakGlass,
    };

    /// <summary>One approver's yes, to the request or to the extension that ends at <paramref name="until"/>. Earlier ones that the rule in force does not count are forgotten.</summary>
    public static Result<AccessRequest> Approve(AccessRequest request, AccessApproval approval, AccessRule rule, DateTimeOffset? until)
    {
        if (FaultOfDecider(request, approval.By) is { } self) return self;
        if (FaultOfSubject(request, until, approval.At) is { } other) return other;
        AccessExtension? wanted = until is null ? null : request.Extension;
        if (FaultOfOrder(request, rule) is { } outgrown) return outgrown;
        ImmutableArray<AccessApproval> earlier = rule.Counted(wanted?.Approvals ?? request.Approvals);
        if (earlier.Any(other => other.By == approval.By)) return Twice(request, approval.By);
        ImmutableArray<AccessApproval> approvals = earlier.Add(approval);
        bool enough = approvals.Length >= rule.ApprovalsNeeded;
        AccessRequest counted = request with { ApprovalsNeeded = rule.ApprovalsNeeded };
        if (wanted is not null) return enough ? Extend(request, wanted.Ends, rule) : counted with { Extension = wanted with { Approvals = approvals } };
        counted = counted with { Approvals = approvals };
        return enough ? counted with { State = AccessRequestState.Approved, Until = approval.At + rule.PendingLife } : counted;
    }

    /// <summary>Why a request may not go on under the rule that is in force now; null when it may.</summary>
    public static Refusal.Conflict? FaultOfOrder(AccessRequest request, AccessRule rule) => rule.FaultOf(request.Order) is { } fault
        ? new($"the rule of {request.Order.Path} changed since access request {request.Id} was opened: {fault.Detail}", "deny or close it, and open a new one that the rule allows")
        : null;

    /// <summary>One approver's no, to the request or to the extension that ends at <paramref name="until"/>.</summary>
    public static Result<AccessRequest> Deny(AccessRequest request, AccessEnding ending, DateTimeOffset? until)
    {
        if (FaultOfDecider(request, ending.By) is { } self) return self;
        if (FaultOfSubject(request, until, ending.At) is { } other) return other;
        return until is null ? request with { State = AccessRequestState.Denied, Ending = ending } : request with { Extension = null };
    }

    /// <summary>The access begins.</summary>
    public static Result<AccessRequest> Activate(AccessRequest request, DateTimeOffset now) =>
        request is { State: AccessRequestState.Approved, Ending: null } && now < request.Until
            ? request with { State = AccessRequestState.Active, Activated = now, Ends = now + request.Order.Duration, Failure = null }
            : new Refusal.Conflict($"access request {request.Id} is {TextOf(request)}", "open a new one: sshfn request open");

    /// <summary>More time is asked for; <paramref name="needed"/> is 0 when nobody has to approve.</summary>
    public static Result<AccessRequest> AskExtension(AccessRequest request, AccessExtension extension, AccessRule rule, int needed)
    {
        if (!IsActive(request, extension.Asked)) return NotActive(request);
        if (request.Extension is { } waiting)
        {
            // An approver who has looked at it must not say yes to another one.
            return new Refusal.Conflict($"access request {request.Id} waits for a decision on more time already, until {waiting.Ends:u}", "wait for it, or have an approver deny it");
        }

        if (extension.Ends <= request.Ends) return new Refusal.Invalid("durationSeconds", "that is no more time than it has", $"it ends at {request.Ends:u}");
        if (needed == 0) return Extend(request, extension.Ends, rule);
        return FaultOfEnd(request, extension.Ends, rule) is { } fault ? fault : request with { Extension = extension, ApprovalsNeeded = needed };
    }

    /// <summary>The end begins: from here on there is no grant. What never had one is done with at once.</summary>
    public static Result<AccessRequest> End(AccessRequest request, AccessEnding ending)
    {
        if (request.IsFinal || request.Ending is not null) return request;
        AccessRequest ended = request with { Ending = ending, Extension = null };
        return request.State == AccessRequestState.Pending ? ended with { State = FinalOf(ended) } : ended;
    }

    /// <summary>What was minted is revoked: the end is done.</summary>
    public static Result<AccessRequest> Finish(AccessRequest request) =>
        request.IsFinal || request.Ending is null ? request : request with { State = FinalOf(request) };

    /// <summary>The access could not be given; it is tried again until it expires.</summary>
    public static Result<AccessRequest> Fail(AccessRequest request, string reason) =>
        request is { State: AccessRequestState.Approved, Ending: null } ? request with { Failure = reason } : request;

    /// <summary>Somebody looked into an emergency.</summary>
    public static Result<AccessRequest> Review(AccessRequest request, AccessReview review)
    {
        if (!request.BreakGlass) return new Refusal.Conflict($"access request {request.Id} was no emergency", "only those that broke the glass are reviewed");
        if (request.Review is { } done) return new Refusal.Conflict($"{done.By} reviewed access request {request.Id} at {done.At:u}");
        return review.By == request.Order.Requester
            ? new Refusal.Denied("nobody reviews their own emergency", "another manager does")
            : request with { Review = review };
    }

    /// <summary>The state for people.</summary>
    public static string TextOf(AccessRequest request) => request switch
    {
        { IsFinal: false, Ending: not null } => "being closed",
        { State: AccessRequestState.Pending } => "pending",
        { State: AccessRequestState.Approved } => "approved",
        { State: AccessRequestState.Active } => "active",
        { State: AccessRequestState.Denied } => "denied",
        { State: AccessRequestState.Expired } => "expired",
        _ => "closed",
    };

    private static Result<AccessRequest> Extend(AccessRequest request, DateTimeOffset ends, AccessRule rule) =>
        FaultOfEnd(request, ends, rule) is { } fault ? fault : request with { Ends = ends, Extension = null };

    private static Refusal.Invalid? FaultOfEnd(AccessRequest request, DateTimeOffset ends, AccessRule rule) =>
        ends > request.Activated + rule.LongestDuration
            ? new Refusal.Invalid(
                "durationSeconds",
                $"access request {request.Id} would last longer than {rule.LongestDuration.TotalSeconds} seconds in all, the most that is allowed on {request.Order.Path}",
                "ask for less, or open a new one when it has ended")
            : null;

    private static AccessRequestState FinalOf(AccessRequest request) => request.Ending?.Cause switch
    {
        AccessEndingCause.Denied => AccessRequestState.Denied,
        AccessEndingCause.Time when request.State != AccessRequestState.Active => AccessRequestState.Expired,
        _ => AccessRequestState.Closed,
    };

    private static bool IsUndecided(AccessRequest request, DateTimeOffset now) => request.State == AccessRequestState.Pending && now < request.Until;

    private static bool IsActive(AccessRequest request, DateTimeOffset now) =>
        request is { State: AccessRequestState.Active, Ending: null } && now < request.Ends;

    private static Refusal.Denied? FaultOfDecider(AccessRequest request, Subject by) => by == request.Order.Requester
        ? new Refusal.Denied($"{by} asked for this access, and nobody decides their own", "another approver does")
        : null;

    private static Refusal.Conflict Twice(AccessRequest request, Subject by) =>
        new($"{by} approved access request {request.Id} already", "another approver adds theirs");

    /// <summary>Why it is not that which was decided; what an approver has not seen, they have not decided.</summary>
    private static Refusal.Conflict? FaultOfSubject(AccessRequest request, DateTimeOffset? until, DateTimeOffset now)
    {
        AccessExtension? waiting = IsActive(request, now) ? request.Extension : null;
        if (until is null ? IsUndecided(request, now) : waiting?.Ends.ToUnixTimeSeconds() == until.Value.ToUnixTimeSeconds()) return null;
        return waiting is null
            ? new($"access request {request.Id} is {TextOf(request)} and waits for no such decision")
            : new(
                $"what waits for a decision on access request {request.Id} is more time, until {waiting.Ends.UtcDateTime:u}",
                $"look at it, then decide that: --until {waiting.Ends.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
    }

    private static Refusal.Conflict NotActive(AccessRequest request) =>
        new($"access request {request.Id} is {TextOf(request)}, and only an active one is extended", "open a new one: sshfn request open");
}
