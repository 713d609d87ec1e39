using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Access;

/// <summary>Opens, decides, gives, extends and ends access by request.</summary>
/// <remarks>
/// Every step reads the request, asks <see cref="AccessRequestLife"/>, records what follows and commits request and grant together. Who
/// dies between two steps leaves a document from which a message or a timer goes on; doing a step twice does nothing the second time.
/// </remarks>
public sealed partial class AccessRequests
{
    /// <summary>The queue that is told of every request that was approved.</summary>
    public const string Queue = "access-requests";

    /// <summary>Most requests of one requester that are not done with.</summary>
    public const int MaximumOpenCount = 50;

    /// <summary>Most requests that one requester opens in a day.</summary>
    public const int MaximumCountPerDay = 500;

    private const int MaximumTryCount = 8;
    private readonly AccessRequestDocuments _documents;
    private readonly JournalWriter _journal;
    private readonly AccessApprovers _approvers;
    private readonly AttachedKeys _keys;
    private readonly ResourceTree _tree;
    private readonly RevocationRegistry _revocations;
    private readonly AccessRevoker _revoker;
    private readonly TimeProvider _clock;
    private readonly IMessageQueue? _nudges;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where requests lie.</param>
    /// <param name="grants">Where their grants lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="approvers">Says who decides.</param>
    /// <param name="keys">Takes attached public keys.</param>
    /// <param name="tree">Says which places there are.</param>
    /// <param name="revocations">Says who is revoked.</param>
    /// <param name="revoker">Revokes what was minted under a request.</param>
    /// <param name="clock">Times.</param>
    /// <param name="nudges">Told of every request that was approved; null when nothing runs by itself.</param>
    public AccessRequests(
        IStore store,
        GrantRegistry grants,
        JournalWriter journal,
        AccessApprovers approvers,
        AttachedKeys keys,
        ResourceTree tree,
        RevocationRegistry revocations,
        AccessRevoker revoker,
        TimeProvider clock,
        IMessageQueue? nudges = null)
    {
        _documents = new AccessRequestDocuments(store, grants);
        _journal = journal;
        _approvers = approvers;
        _keys = keys;
        _tree = tree;
        _revocations = revocations;
        _revoker = revoker;
        _clock = clock;
        _nudges = nudges;
    }

    /// <summary>One request.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request; null when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessRequest?> FindAsync(AccessRequestId id, CancellationToken cancellationToken) =>
        (await _documents.ReadAsync(id, cancellationToken))?.Value;

    /// <summary>The request that a ticket opened.</summary>
    /// <param name="source">Which ticket system.</param>
    /// <param name="reference">The ticket's name there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The request, in whatever state; null when the ticket opened none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessRequest?> FindByTicketAsync(string source, string reference, CancellationToken cancellationToken)
    {
        var ticket = new TicketReference(source, reference);
        return ticket.FindFault() is null ? await _documents.FindByTicketAsync(ticket, cancellationToken) : null;
    }

    /// <summary>Every request, newest first.</summary>
    /// <param name="after">Starts after this one; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The requests; who may see which is checked by <see cref="AccessApprovers"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<AccessRequest> ListAsync(AccessRequestId? after, CancellationToken cancellationToken) =>
        _documents.ListAsync(after, cancellationToken);

    /// <summary>Every request of one requester, newest first.</summary>
    /// <param name="requester">Whose.</param>
    /// <param name="after">Starts after this one; null for the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<AccessRequest> ListOfAsync(
        Subject requester, AccessRequestId? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AccessRequestId id in _documents.ListOfAsync(requester, after, cancellationToken))
        {
            if (await FindAsync(id, cancellationToken) is { } request) yield return request;
        }
    }

    /// <summary>Every request that is not done with: not final, or an emergency that nobody looked into. By requester.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<AccessRequest> ListOpenAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AccessRequestWork work in _documents.ListWorkAsync(null, cancellationToken))
        {
            if (await FindAsync(work.Request, cancellationToken) is { } request) yield return request;
        }
    }

    /// <summary>Takes one step of a request's life; again from the start when somebody else took one meanwhile.</summary>
    private async Task<Result<AccessRequest>> StepAsync(
        Caller caller, AccessRequestId id, Func<AccessRequest, Task<Result<AccessRequestStep>>> next, CancellationToken cancellationToken)
    {
        for (int tried = 0; tried < MaximumTryCount; tried++)
        {
            if (await _documents.ReadAsync(id, cancellationToken) is not { } before) return Missing(id);
            if (!(await next(before.Value)).Try(out AccessRequestStep? step, out Refusal? refusal)) return refusal;
            if (ReferenceEquals(step.After, before.Value)) return step.After;
            bool changed = false;
            Result<AccessRequest> result = await RecordAsync(caller, step.Events.AsMemory(), async () =>
            {
                changed = await _documents.TryChangeAsync(before, step.After, cancellationToken);
                return changed ? step.After : Changed(id);
            }, cancellationToken);
            if (changed) return result;
        }

        return Changed(id);
    }

    /// <summary>Records every event, then acts.</summary>
    private Task<Result<AccessRequest>> RecordAsync(
        Caller caller, ReadOnlyMemory<JournalEvent> events, Func<Task<Result<AccessRequest>>> act, CancellationToken cancellationToken) => events.IsEmpty
        ? act()
        : _journal.RunAsync(caller, events.Span[0], () => RecordAsync(caller, events[1..], act, cancellationToken), cancellationToken);

    private async Task NudgeAsync(AccessRequest request, CancellationToken cancellationToken)
    {
        if (_nudges is null || request.State != AccessRequestState.Approved) return;
        try
        {
            byte[] message = Json.Encode(new AccessRequestPointer(request.Id), CoreJson.Default.AccessRequestPointer);
            await _nudges.SendAsync(Queue, message, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // It is approved and stays so; a timer finds it.
        }
    }

    private static Refusal.NotFound Missing(AccessRequestId id) => new($"there is no access request {id}", "list them: sshfn request list");

    private static Refusal.Conflict Changed(AccessRequestId id) =>
        new($"access request {id} was changed by somebody else at the same time", "look at it again and repeat");
}
