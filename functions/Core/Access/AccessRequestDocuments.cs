using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Access;

/// <summary>Keeps requests beside the grants, so that one commit changes a request and its grant.</summary>
/// <remarks>
/// Partition <c>grants</c>: row <c>q:ID</c> is the request, <c>w:REQUESTER:ID</c> is there while it is not done with, <c>u:REQUESTER:ID</c>
/// lists it under who gets the access, <c>t:SOURCE:REFERENCE</c> leads a ticket to it. Which grant is there follows from the request
/// alone (<see cref="AccessRequest.Grant"/>): no caller can write one without the other.
/// </remarks>
internal sealed class AccessRequestDocuments(IStore store, GrantRegistry grants)
{
    private const string Partition = GrantRegistry.Partition;
    private const string Prefix = "q:";
    private const string WorkPrefix = "w:";

    public async Task<Stored<AccessRequest>?> ReadAsync(AccessRequestId id, CancellationToken cancellationToken) =>
        await store.ReadAsync(KeyOf(id), CoreJson.Default.AccessRequest, cancellationToken);

    public async Task<AccessRequest?> FindByTicketAsync(TicketReference ticket, CancellationToken cancellationToken)
    {
        var key = new DocumentKey(Partition, TicketRowOf(ticket));
        Stored<AccessRequestPointer>? pointer = await store.ReadAsync(key, CoreJson.Default.AccessRequestPointer, cancellationToken);
        return pointer is null ? null : (await ReadAsync(pointer.Value.Request, cancellationToken))?.Value;
    }

    /// <summary>False when its ticket has one already.</summary>
    public async Task<bool> TryInsertAsync(AccessRequest request, TicketReference? ticket, CancellationToken cancellationToken)
    {
        byte[] pointer = Json.Encode(new AccessRequestPointer(request.Id), CoreJson.Default.AccessRequestPointer);
        var changes = new List<DocumentChange>
        {
            new DocumentChange.Insert(KeyOf(request.Id).Row, Json.Encode(request, CoreJson.Default.AccessRequest)),
            new DocumentChange.Insert(ListPrefixOf(request.Order.Requester) + request.Id, pointer),
        };
        if (AccessRequestWork.Of(request) is { } work)
            changes.Add(new DocumentChange.Insert(WorkRowOf(request), Json.Encode(work, CoreJson.Default.AccessRequestWork)));
        if (ticket is not null) changes.Add(new DocumentChange.Insert(TicketRowOf(ticket), pointer));
        return await store.CommitAsync(Partition, changes, cancellationToken) is CommitResult.Committed;
    }

    /// <summary>False when it is no longer as it was read.</summary>
    public async Task<bool> TryChangeAsync(Stored<AccessRequest> before, AccessRequest after, CancellationToken cancellationToken)
    {
        var changes = new List<DocumentChange>
        {
            new DocumentChange.Replace(before.Row, Json.Encode(after, CoreJson.Default.AccessRequest), before.Version),
        };
        if (await FindWorkChangeAsync(after, cancellationToken) is { } work) changes.Add(work);
        changes.AddRange(await grants.FindChangesAsync(before.Value.Grant, after.Grant, cancellationToken));
        return await store.CommitAsync(Partition, changes, cancellationToken) is CommitResult.Committed;
    }

    /// <summary>What is not done with, of one requester or of all.</summary>
    public IAsyncEnumerable<AccessRequestWork> ListWorkAsync(Subject? requester, CancellationToken cancellationToken) => store.ReadAllAsync(
        Partition,
        RowRange.StartingWith(requester is { } who ? WorkPrefixOf(who) : WorkPrefix),
        CoreJson.Default.AccessRequestWork,
        cancellationToken);

    /// <summary>Every request, newest first.</summary>
    public IAsyncEnumerable<AccessRequest> ListAsync(AccessRequestId? after, CancellationToken cancellationToken) => store.ReadAllAsync(
        Partition, RowRange.StartingWith(Prefix).After(after is { } last ? Prefix + last : null), CoreJson.Default.AccessRequest, cancellationToken);

    /// <summary>Identifiers of one requester's, newest first.</summary>
    public async IAsyncEnumerable<AccessRequestId> ListOfAsync(
        Subject requester, AccessRequestId? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string prefix = ListPrefixOf(requester);
        RowRange range = RowRange.StartingWith(prefix).After(after is { } last ? prefix + last : null);
        await foreach (AccessRequestPointer pointer in store.ReadAllAsync(Partition, range, CoreJson.Default.AccessRequestPointer, cancellationToken))
            yield return pointer.Request;
    }

    /// <summary>How many a requester has opened since a time; counts no further than a limit.</summary>
    public async Task<int> CountSinceAsync(Subject requester, DateTimeOffset since, int limit, CancellationToken cancellationToken)
    {
        // Identifiers begin with the time counted backwards, so those since then are the first.
        string prefix = ListPrefixOf(requester);
        var range = new RowRange(prefix, prefix + AccessRequestId.Stamp(since) + "~", limit);
        return (await store.ListAsync(Partition, range, cancellationToken)).Documents.Count;
    }

    private async Task<DocumentChange?> FindWorkChangeAsync(AccessRequest after, CancellationToken cancellationToken)
    {
        string row = WorkRowOf(after);
        StoredDocument? present = await store.GetAsync(new DocumentKey(Partition, row), cancellationToken);
        if (AccessRequestWork.Of(after) is not { } work) return present is null ? null : new DocumentChange.Delete(row, present.Version);
        byte[] body = Json.Encode(work, CoreJson.Default.AccessRequestWork);
        return present is null ? new DocumentChange.Insert(row, body) : new DocumentChange.Replace(row, body, present.Version);
    }

    private static DocumentKey KeyOf(AccessRequestId id) => new(Partition, Prefix + id);

    private static string WorkRowOf(AccessRequest request) => WorkPrefixOf(request.Order.Requester) + request.Id;

    private static string WorkPrefixOf(Subject requester) => $"{WorkPrefix}{DocumentKey.ShortSegment(requester.Text)}:";

    private static string ListPrefixOf(Subject requester) => $"u:{DocumentKey.ShortSegment(requester.Text)}:";

    private static string TicketRowOf(TicketReference ticket) => $"t:{DocumentKey.ShortSegment(ticket.Source)}:{DocumentKey.ShortSegment(ticket.Reference)}";
}
