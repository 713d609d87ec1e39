using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Access;

public sealed partial class AccessRequests
{
    /// <summary>Ends a request: its grant is gone, and what was minted under it revoked, when this returns.</summary>
    /// <param name="caller">Who does it: the requester, an approver, a manager, or the broker for a ticket.</param>
    /// <param name="id">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun is finished by a timer.</param>
    /// <returns>The request; one that had ended already, as it was. <see cref="Refusal.Denied"/> for who may not end it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public Task<Result<AccessRequest>> CloseAsync(Caller caller, AccessRequestId id, string reason, CancellationToken cancellationToken) =>
        CloseAsync(caller, id, AccessEndingCause.Closed, reason, cancellationToken);

    /// <summary>Ends a request because somebody removes or revokes its grant; the right to do that is checked beforehand.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="id">Which.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun is finished by a timer.</param>
    /// <returns>What is revoked.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task<Result<RevokedAccess>> RevokeAsync(Caller caller, AccessRequestId id, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(reason, "reason", AccessRequestOrder.MaximumReasonLength, required: true) is { } fault) return fault;
        if (!(await EndAsync(caller, id, AccessEndingCause.Grant, reason, cancellationToken)).Try(out AccessRequest? ending, out Refusal? refusal)) return refusal;
        if (!(await _revoker.RevokeMintedUnderAsync(caller, ending.Id.Grant, reason, cancellationToken)).Try(out RevokedAccess? revoked, out refusal)) return refusal;
        return (await FinishAsync(ending, cancellationToken)).Try(out _, out refusal) ? revoked : refusal;
    }

    /// <summary>Ends every request for a path that was removed, or for what lay below it.</summary>
    /// <param name="caller">Who removed it; the right to do that is checked beforehand.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait; what was begun is finished by a timer.</param>
    /// <returns>When each has its ending.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; repeating it does the rest.</exception>
    public async Task CloseBelowAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        await foreach (AccessRequest request in ListOpenAsync(cancellationToken))
        {
            if (request.IsFinal || !path.Covers(request.Order.Path)) continue;
            Result<AccessRequest> ended = await EndAsync(caller, request.Id, AccessEndingCause.Closed, $"{path} was removed", cancellationToken);
            if (ended.Try(out AccessRequest? ending, out _)) await FinishAsync(ending, cancellationToken);
        }
    }

    private async Task<Result<AccessRequest>> CloseAsync(
        Caller caller, AccessRequestId id, AccessEndingCause cause, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (FreeText.FaultOf(reason, "reason", AccessRequestOrder.MaximumReasonLength, required: true) is { } fault) return fault;
        if (await FindAsync(id, cancellationToken) is not { } request) return Missing(id);
        if (!await _approvers.MayCloseAsync(caller, request, cancellationToken))
            return new Refusal.Denied($"{caller.Subject} may not close access request {id}", "the requester, an approver or a manager does");
        return (await EndAsync(caller, id, cause, reason, cancellationToken)).Try(out AccessRequest? ending, out Refusal? refusal)
            ? await FinishAsync(ending, cancellationToken)
            : refusal;
    }

    /// <summary>From here on there is no grant.</summary>
    private Task<Result<AccessRequest>> EndAsync(Caller caller, AccessRequestId id, AccessEndingCause cause, string? reason, CancellationToken cancellationToken) =>
        StepAsync(caller, id, request =>
        {
            var ending = new AccessEnding(cause, caller.Subject, _clock.GetUtcNow(), reason);
            Result<AccessRequestStep> step = AccessRequestLife.End(request, ending).Try(out AccessRequest? after, out Refusal? refusal)
                ? new AccessRequestStep(after, [EndingEventOf(request, ending)])
                : refusal;
            return Task.FromResult(step);
        }, cancellationToken);

    private static JournalEvent EndingEventOf(AccessRequest request, AccessEnding ending) =>
        ending.Cause == AccessEndingCause.Time && request.State != AccessRequestState.Active
            ? new JournalEvent.AccessRequestExpired(request.Id, request.Order.Path, request.Order.Requester)
            : new JournalEvent.AccessRequestClosed(request.Id, request.Order.Path, request.Order.Requester, ending.Cause, ending.Reason);

    /// <summary>Takes back what was given, then says so. Whoever is stopped midway leaves the ending on the document, and the timer does it again.</summary>
    private async Task<Result<AccessRequest>> FinishAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (request.IsFinal || request.Ending is null) return request;
        await _keys.RemoveAsync(request, cancellationToken);
        if (request.Activated is not null)
        {
            string reason = $"access request {request.Id} ended";
            if (!(await _revoker.RevokeMintedUnderAsync(Caller.System, request.Id.Grant, reason, cancellationToken)).Try(out _, out Refusal? refusal)) return refusal;
        }

        return await StepAsync(Caller.System, request.Id, StepTo(AccessRequestLife.Finish), cancellationToken);
    }

    private static Func<AccessRequest, Task<Result<AccessRequestStep>>> StepTo(Func<AccessRequest, Result<AccessRequest>> next) => request =>
        Task.FromResult<Result<AccessRequestStep>>(
            next(request).Try(out AccessRequest? after, out Refusal? refusal) ? new AccessRequestStep(after, []) : refusal);
}
