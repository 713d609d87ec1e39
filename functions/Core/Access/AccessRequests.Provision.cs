using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Access;

public sealed partial class AccessRequests
{
    /// <summary>Gives the access of an approved request. Doing it again does nothing; exactly one grant comes of it.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request, active when it was approved; why it could not be given stands on it. <see cref="Refusal.NotFound"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> ProvisionAsync(AccessRequestId id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } request) return Missing(id);
        if (request.State != AccessRequestState.Approved || request.Ending is not null) return request;
        if (_clock.GetUtcNow() >= request.Until) return await ExpireAsync(request, cancellationToken);
        if (await FindObstacleAsync(request, cancellationToken) is { } obstacle) return await FailAsync(id, obstacle.Detail, cancellationToken);
        Result<AccessRequest> active = await ActivateAsync(id, cancellationToken);
        // Somebody closed it meanwhile: then the key that was registered above has no request any more.
        if (await FindAsync(id, cancellationToken) is { Grant: null } ended) await _keys.RemoveAsync(ended, cancellationToken);
        return active;
    }

    /// <summary>Shows on a request that its access could not be given. A timer tries again until the request expires.</summary>
    /// <param name="id">Which.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request; <see cref="Refusal.NotFound"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<Result<AccessRequest>> FailAsync(AccessRequestId id, string reason, CancellationToken cancellationToken) =>
        StepAsync(Caller.System, id, request =>
        {
            // Told once: the timer would say the same at every run.
            Result<AccessRequestStep> same = new AccessRequestStep(request, []);
            if (request.Failure == reason || !AccessRequestLife.Fail(request, reason).Try(out AccessRequest? after, out _)) return Task.FromResult(same);
            var failed = new JournalEvent.AccessRequestFailed(id, request.Order.Path, request.Order.Requester, reason);
            return Task.FromResult<Result<AccessRequestStep>>(ReferenceEquals(after, request) ? same : new AccessRequestStep(after, [failed]));
        }, cancellationToken);

    /// <summary>Does what is due: gives what was approved and whose message was lost, ends what has no time left, finishes what a dead process began.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many requests were due.</returns>
    /// <exception cref="StoreUnavailableException">The store is away; the next run does the rest.</exception>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        int count = 0;
        await foreach (AccessRequestWork work in _documents.ListWorkAsync(null, cancellationToken))
        {
            if (!(work.Due <= now) || await FindAsync(work.Request, cancellationToken) is not { } request) continue;
            await RunDueAsync(request, now, cancellationToken);
            count++;
        }

        return count;
    }

    private Task<Result<AccessRequest>> RunDueAsync(AccessRequest request, DateTimeOffset now, CancellationToken cancellationToken) => request switch
    {
        { IsFinal: true } => Task.FromResult<Result<AccessRequest>>(request),
        { Ending: not null } => FinishAsync(request, cancellationToken),
        { State: AccessRequestState.Approved } => ProvisionAsync(request.Id, cancellationToken),
        { State: AccessRequestState.Active } when now >= request.Ends => ExpireAsync(request, cancellationToken),
        { State: AccessRequestState.Pending } when now >= request.Until => ExpireAsync(request, cancellationToken),
        _ => Task.FromResult<Result<AccessRequest>>(request),
    };

    private async Task<Result<AccessRequest>> ExpireAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        Result<AccessRequest> ended = await StepAsync(Caller.System, request.Id, current =>
        {
            DateTimeOffset now = _clock.GetUtcNow();
            // It may have been extended, or decided, since it was looked at.
            DateTimeOffset due = current.State == AccessRequestState.Active ? current.Ends ?? current.Until : current.Until;
            if (current.IsFinal || current.Ending is not null || now < due) return Task.FromResult<Result<AccessRequestStep>>(new AccessRequestStep(current, []));
            var ending = new AccessEnding(AccessEndingCause.Time, Caller.System.Subject, now, null);
            return Task.FromResult<Result<AccessRequestStep>>(AccessRequestLife.End(current, ending).Try(out AccessRequest? after, out Refusal? refusal)
                ? new AccessRequestStep(after, [EndingEventOf(current, ending)])
                : refusal);
        }, cancellationToken);
        return ended.Try(out AccessRequest? ending, out Refusal? refusal) ? await FinishAsync(ending, cancellationToken) : refusal;
    }

    private async Task<Refusal?> FindObstacleAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (!await _tree.ExistsAsync(request.Order.Path, cancellationToken)) return new Refusal.NotFound($"{request.Order.Path} was removed");
        if (await _revocations.FindSubjectAsync(request.Order.Requester, cancellationToken) is { } revoked)
            return new Refusal.Denied($"{request.Order.Requester} is revoked: {revoked.Reason}");
        AccessRule rule = await _approvers.FindRuleAsync(request.Order.Path, cancellationToken);
        if (AccessRequestLife.FaultOfOrder(request, rule) is { } outgrown) return outgrown;
        if (request.ApprovalsNeeded > 0 && rule.Counted(request.Approvals).Length < rule.ApprovalsNeeded)
        {
            return new Refusal.Conflict(
                $"the rule of {request.Order.Path} changed since access request {request.Id} was approved, and demands {rule.ApprovalsNeeded} approvals of others", "open a new one");
        }

        return (await _keys.RegisterAsync(request, cancellationToken)).Try(out _, out Refusal? refusal) ? null : refusal;
    }

    private Task<Result<AccessRequest>> ActivateAsync(AccessRequestId id, CancellationToken cancellationToken) =>
        StepAsync(Caller.System, id, request =>
        {
            if (request.State != AccessRequestState.Approved || request.Ending is not null)
                return Task.FromResult<Result<AccessRequestStep>>(new AccessRequestStep(request, []));
            if (!AccessRequestLife.Activate(request, _clock.GetUtcNow()).Try(out AccessRequest? after, out Refusal? refusal) || after.Ends is not { } ends)
                return Task.FromResult<Result<AccessRequestStep>>(refusal ?? Missing(id));
            var activated = new JournalEvent.AccessRequestActivated(id, request.Order.Path, request.Order.Requester, id.Grant.Text, ends);
            return Task.FromResult<Result<AccessRequestStep>>(new AccessRequestStep(after, [activated]));
        }, cancellationToken);
}
