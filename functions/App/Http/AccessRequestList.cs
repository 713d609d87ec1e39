using SshFunctions.Api;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Reads a page of access requests, newest first, of those that a caller may know of.</summary>
internal sealed class AccessRequestList(AccessRequests requests, AccessApprovers approvers, AccessRuleRegistry rules)
{
    /// <summary>Most requests that one page looks at, so that who may know of few still gets an answer soon.</summary>
    private const int MaximumScanCount = 5000;

    public async Task<Page<AccessRequestResponse>> ReadAsync(Caller caller, AccessRequestQuery query, CancellationToken cancellationToken)
    {
        var items = new List<AccessRequestResponse>();
        var known = new Dictionary<ResourcePath, bool>();
        AccessRequestId? last = null;
        int looked = 0;
        await foreach (AccessRequest request in SourceOf(caller, query, cancellationToken))
        {
            if (items.Count == query.Limit || looked++ == MaximumScanCount) return new Page<AccessRequestResponse>(items, last?.Text);
            last = request.Id;
            if (query.Fits(request) && await IsShownAsync(caller, query.Scope, request, known, cancellationToken)) items.Add(AccessRequestContract.Of(request));
        }

        return new Page<AccessRequestResponse>(items, null);
    }

    private IAsyncEnumerable<AccessRequest> SourceOf(Caller caller, AccessRequestQuery query, CancellationToken cancellationToken) => query switch
    {
        { Scope: AccessRequestScope.Mine } => requests.ListOfAsync(caller.Subject, query.After, cancellationToken),
        { Scope: AccessRequestScope.ToDecide } or { State: AccessRequestState.Pending or AccessRequestState.Approved or AccessRequestState.Active } =>
            // Few are not done with, and those lie apart: no need to read every request there ever was.
            requests.ListOpenAsync(cancellationToken)
                .OrderBy(request => request.Id.Text, StringComparer.Ordinal)
                .Where(request => query.After is not { } after || string.CompareOrdinal(request.Id.Text, after.Text) > 0),
        _ => requests.ListAsync(query.After, cancellationToken),
    };

    private async Task<bool> IsShownAsync(
        Caller caller, AccessRequestScope scope, AccessRequest request, Dictionary<ResourcePath, bool> known, CancellationToken cancellationToken)
    {
        if (scope == AccessRequestScope.Mine) return true;
        if (scope == AccessRequestScope.ToDecide) return Waits(caller, request) && await MayDecideAsync(caller, request, cancellationToken);
        if (request.Order.Requester == caller.Subject) return true;
        if (!known.TryGetValue(request.Order.Path, out bool may))
            known.Add(request.Order.Path, may = await approvers.MaySeeAsync(caller, request, cancellationToken));
        return may;
    }

    private static bool Waits(Caller caller, AccessRequest request) => request switch
    {
        { NeedsReview: true } => true,
        { State: AccessRequestState.Pending } => request.Approvals.All(approval => approval.By != caller.Subject),
        { State: AccessRequestState.Active, Extension: { } extension } => extension.Approvals.All(approval => approval.By != caller.Subject),
        _ => false,
    };

    private async Task<bool> MayDecideAsync(Caller caller, AccessRequest request, CancellationToken cancellationToken)
    {
        AccessRule rule = await rules.FindForAsync(request.Order.Path, cancellationToken);
        return (await approvers.RequireAsync(caller, request, rule, cancellationToken)).Succeeded;
    }
}
