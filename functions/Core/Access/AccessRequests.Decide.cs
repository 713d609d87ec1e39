using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Access;

public sealed partial class AccessRequests
{
    /// <summary>Approves a pending request, or more time for an active one. With the last approval that is needed, the access is given.</summary>
    /// <param name="caller">Who decides.</param>
    /// <param name="id">Which.</param>
    /// <param name="comment">What is said to it; null for nothing.</param>
    /// <param name="until">The end of the extension that is decided, UTC, to the second; null when it is the request itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request; <see cref="Refusal.Denied"/> for who may not decide it, <see cref="Refusal.Conflict"/> for one that waits for no such decision of theirs.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> ApproveAsync(Caller caller, AccessRequestId id, string? comment, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(comment, "comment", AccessRequestOrder.MaximumReasonLength, required: false) is { } fault) return fault;
        Result<AccessRequest> result = await DecideAsync(caller, id, (request, rule) =>
        {
            var approval = new AccessApproval(caller.Subject, _clock.GetUtcNow(), comment) { NamedAs = rule.NamesOf(caller) };
            return AccessRequestLife.Approve(request, approval, rule, until).Try(out AccessRequest? after, out Refusal? refusal)
                ? new AccessRequestStep(after, ApprovedEventsOf(request, after, rule, comment))
                : refusal;
        }, cancellationToken);
        if (result.Try(out AccessRequest? approved, out _)) await NudgeAsync(approved, cancellationToken);
        return result;
    }

    /// <summary>Denies a pending request, or more time for an active one, which then keeps its end.</summary>
    /// <param name="caller">Who decides.</param>
    /// <param name="id">Which.</param>
    /// <param name="comment">What is said to it; null for nothing.</param>
    /// <param name="until">The end of the extension that is decided, UTC, to the second; null when it is the request itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request; refusals as for an approval.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> DenyAsync(Caller caller, AccessRequestId id, string? comment, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(comment, "comment", AccessRequestOrder.MaximumReasonLength, required: false) is { } fault) return fault;
        return await DecideAsync(caller, id, (request, _) =>
        {
            var ending = new AccessEnding(AccessEndingCause.Denied, caller.Subject, _clock.GetUtcNow(), comment);
            if (!AccessRequestLife.Deny(request, ending, until).Try(out AccessRequest? after, out Refusal? refusal)) return refusal;
            bool extension = after.State == AccessRequestState.Active;
            return new AccessRequestStep(after, [new JournalEvent.AccessRequestDenied(id, request.Order.Path, request.Order.Requester, extension, comment)]);
        }, cancellationToken);
    }

    /// <summary>Asks for more time for an active request; it needs the approvals that opening one would need.</summary>
    /// <param name="caller">Who asks: the requester.</param>
    /// <param name="id">Which.</param>
    /// <param name="more">How much more than it has, at least <see cref="AccessRequestOrder.MinimumDuration"/>; in all never more than the rule allows.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request, with its new end when nobody has to approve; <see cref="Refusal.Invalid"/>, <see cref="Refusal.Denied"/>, <see cref="Refusal.Conflict"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> ExtendAsync(
        Caller caller, AccessRequestId id, TimeSpan more, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(reason, "reason", AccessRequestOrder.MaximumReasonLength, required: true) is { } fault) return fault;
        if (more < AccessRequestOrder.MinimumDuration || more > AccessRule.MaximumDuration)
            return new Refusal.Invalid("durationSeconds", "the time is out of bounds", $"give {AccessRequestOrder.MinimumDuration.TotalSeconds} to {AccessRule.MaximumDuration.TotalSeconds} seconds");
        return await StepAsync(caller, id, async request =>
        {
            if (caller.Subject != request.Order.Requester)
                return new Refusal.Denied($"{request.Order.Requester} asked for this access, and only they ask for more", "open a request of your own");
            AccessRule rule = await _approvers.FindRuleAsync(request.Order.Path, cancellationToken);
            DateTimeOffset now = _clock.GetUtcNow();
            DateTimeOffset ends = (request.Ends ?? now) + more;
            int needed = rule.AutoApproval?.Holds(caller, ends - (request.Activated ?? now), now) == true ? 0 : rule.ApprovalsNeeded;
            return AccessRequestLife.AskExtension(request, new AccessExtension(ends, reason, now, []), rule, needed).Try(out AccessRequest? after, out Refusal? refusal)
                ? new AccessRequestStep(after, ExtensionEventsOf(after, ends, reason, rule, needed))
                : refusal;
        }, cancellationToken);
    }

    /// <summary>Records that somebody looked into an emergency.</summary>
    /// <param name="caller">Who: an approver of its path other than the requester.</param>
    /// <param name="id">Which.</param>
    /// <param name="note">What was found.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request; <see cref="Refusal.Denied"/>, or <see cref="Refusal.Conflict"/> for no emergency or one that was reviewed.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> ReviewAsync(Caller caller, AccessRequestId id, string note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(note, "note", AccessRequestOrder.MaximumReasonLength, required: true) is { } fault) return fault;
        return await DecideAsync(caller, id, (request, _) =>
            AccessRequestLife.Review(request, new AccessReview(caller.Subject, _clock.GetUtcNow(), note)).Try(out AccessRequest? after, out Refusal? refusal)
                ? new AccessRequestStep(after, [new JournalEvent.AccessRequestReviewed(id, request.Order.Path, request.Order.Requester, note)])
                : refusal, cancellationToken);
    }

    private Task<Result<AccessRequest>> DecideAsync(
        Caller caller, AccessRequestId id, Func<AccessRequest, AccessRule, Result<AccessRequestStep>> decide, CancellationToken cancellationToken) =>
        StepAsync(caller, id, async request =>
        {
            AccessRule rule = await _approvers.FindRuleAsync(request.Order.Path, cancellationToken);
            return (await _approvers.RequireAsync(caller, request, rule, cancellationToken)).Try(out _, out Refusal? refusal) ? decide(request, rule) : refusal;
        }, cancellationToken);

    private static ImmutableArray<JournalEvent> ApprovedEventsOf(AccessRequest before, AccessRequest after, AccessRule rule, string? comment)
    {
        AccessRequestOrder order = after.Order;
        bool extension = before.State == AccessRequestState.Active;
        int count = 1 + rule.Counted(extension ? before.Extension?.Approvals ?? [] : before.Approvals).Length;
        var approved = new JournalEvent.AccessRequestApproved(after.Id, order.Path, order.Requester, count, rule.ApprovalsNeeded, extension, comment);
        return extension && after.Extension is null && after.Ends is { } ends
            ? [approved, new JournalEvent.AccessRequestExtended(after.Id, order.Path, order.Requester, ends)]
            : [approved];
    }

    private static ImmutableArray<JournalEvent> ExtensionEventsOf(AccessRequest after, DateTimeOffset ends, string reason, AccessRule rule, int needed)
    {
        AccessRequestOrder order = after.Order;
        var asked = new JournalEvent.AccessRequestExtensionAsked(after.Id, order.Path, order.Requester, ends, reason, needed);
        return needed > 0
            ? [asked]
            :
            [
                asked,
                new JournalEvent.AccessRequestAutoApproved(after.Id, order.Path, order.Requester, rule.Path, true),
                new JournalEvent.AccessRequestExtended(after.Id, order.Path, order.Requester, ends),
            ];
    }
}
