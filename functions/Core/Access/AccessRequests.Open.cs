using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Access;

public sealed partial class AccessRequests
{
    /// <summary>Opens a request. Opening it again for the same ticket gives the one that is there, in whatever state.</summary>
    /// <param name="opener">Who does it: the requester, or the broker for a ticket.</param>
    /// <param name="order">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The request: pending, approved by its rule, or active after the glass was broken. <see cref="Refusal.Invalid"/> for an order that the rule
    /// of the path does not allow, <see cref="Refusal.Denied"/> for who may not ask, <see cref="Refusal.NotFound"/> for no such place,
    /// <see cref="Refusal.TooMany"/>.
    /// </returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRequest>> OpenAsync(Caller opener, AccessRequestOrder order, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(opener);
        ArgumentNullException.ThrowIfNull(order);
        if (order.FindFault() is { } fault) return fault;
        // A ticket that a person names is for people to read: it must not stand in the way of the ticket system's own request.
        TicketReference? ticket = opener.Kind == CallerKind.System ? order.Ticket : null;
        if (ticket is not null && await _documents.FindByTicketAsync(ticket, cancellationToken) is { } present) return Same(present, order);
        if (opener.Subject != order.Requester && ReservedSubjects.Contains(order.Requester))
            return new Refusal.Denied($"{order.Requester} is nobody who is given access", "name a person or a service as the requester");
        // The groups of somebody for whom another opens it are not known: only what the rule gives the subject itself counts.
        Caller requester = opener.Subject == order.Requester ? opener : new Caller(CallerKind.Person, order.Requester, []);
        AccessRule rule = await _approvers.FindRuleAsync(order.Path, cancellationToken);
        if (FaultOf(opener, order) is { } unproved) return unproved;
        if (await FindRefusalAsync(requester, order, rule, cancellationToken) is { } refused) return refused;
        if (order.PublicKey is { } text)
        {
            if (!(await _keys.TakeAsync(text, order.Requester, opener, cancellationToken)).Try(out SshPublicKey? key, out Refusal? refusal)) return refusal;
            order = order with { PublicKey = key.ToText() };
        }

        DateTimeOffset now = _clock.GetUtcNow();
        // That a ticket names somebody proves nothing: people decide it.
        bool automatic = opener.Subject == order.Requester && rule.AutoApproval?.Holds(requester, order.Duration, now) == true;
        int needed = automatic || order.BreakGlass ? 0 : rule.ApprovalsNeeded;
        AccessRequest request = AccessRequestLife.Open(AccessRequestId.Create(now), order, opener.Subject, rule, needed, now);
        Result<AccessRequest> opened = await RecordAsync(
            opener, EventsOf(request, rule).AsMemory(), () => InsertAsync(request, ticket, cancellationToken), cancellationToken);
        if (!opened.Try(out AccessRequest? kept, out Refusal? failure)) return failure;
        if (kept is not { BreakGlass: true, State: AccessRequestState.Approved })
        {
            await NudgeAsync(kept, cancellationToken);
            return kept;
        }

        // Who breaks the glass waits for nobody, not even for a queue; that is asked only when it could not be given, and the timer when this process dies.
        Result<AccessRequest> given = await ProvisionAsync(kept.Id, cancellationToken);
        if (!given.Try(out AccessRequest? active, out _) || active.State == AccessRequestState.Approved) await NudgeAsync(kept, cancellationToken);
        return given;
    }

    private static Refusal.Denied? FaultOf(Caller opener, AccessRequestOrder order)
    {
        if (order.BreakGlass && opener.Subject != order.Requester)
            return new("nobody breaks the glass for somebody else: a ticket does not prove who wrote it", "they do it themselves: sshfn request open --break-glass");
        if (order.PublicKey is null || opener.Kind is CallerKind.Person or CallerKind.System && !opener.IsBound) return null;
        return new(
            opener.IsBound
                ? $"{opener.Subject} came with a proof that counts from some addresses only, and an attached key would enter from anywhere"
                : $"{opener.Subject} is no person, and an attached key would outlive the proof that it came with",
            "leave publicKey out, and enter by a certificate");
    }

    private async Task<Result<AccessRequest>> InsertAsync(AccessRequest request, TicketReference? ticket, CancellationToken cancellationToken)
    {
        if (await _documents.TryInsertAsync(request, ticket, cancellationToken)) return request;
        return ticket is not null
            ? new Refusal.Conflict($"ticket {ticket.Reference} of {ticket.Source} opened a request a moment ago", "repeat to get that one")
            : new Refusal.Unavailable("the random identifier was taken", TimeSpan.FromSeconds(1));
    }

    private static Result<AccessRequest> Same(AccessRequest present, AccessRequestOrder order) =>
        present.Order.Requester == order.Requester && present.Order.Path == order.Path
            ? present
            : new Refusal.Conflict(
                $"ticket {order.Ticket?.Reference} of {order.Ticket?.Source} opened a request for somebody or something else", "use a ticket of its own", "ticketReference");

    private async Task<Refusal?> FindRefusalAsync(Caller requester, AccessRequestOrder order, AccessRule rule, CancellationToken cancellationToken)
    {
        if (requester.Kind is CallerKind.Host or CallerKind.System)
            return new Refusal.Denied($"{order.Requester} is nobody who is given access", "a person or a service asks for itself");
        var missing = new Refusal.NotFound($"there is no {order.Path} for which {order.Requester} may ask", "check the path, or ask who manages it");
        if (!rule.MayAsk(requester) || !await _tree.ExistsAsync(order.Path, cancellationToken)) return missing;
        if (await _revocations.FindSubjectAsync(order.Requester, cancellationToken) is { } revoked)
            return new Refusal.Denied($"{order.Requester} is revoked: {revoked.Reason}", "someone who may revoke lifts the revocation");
        if (rule.FaultOf(order) is { } fault) return fault;
        if (order.BreakGlass && !AccessRule.Names(rule.BreakGlass, requester))
            return new Refusal.Denied($"{requester.Subject} may not break the glass on {order.Path}", "open a request without it; an approver decides");
        if (await FindMismatchAsync(order, cancellationToken) is { } mismatch) return mismatch;
        return await FindExcessAsync(order.Requester, cancellationToken);
    }

    /// <summary>What is asked of a resource that it could never give.</summary>
    private async Task<Refusal?> FindMismatchAsync(AccessRequestOrder order, CancellationToken cancellationToken)
    {
        if (order.Path.Depth < 3 || await _tree.FindResourceAsync(order.Path, cancellationToken) is not { } resource) return null;
        if (order.SftpFolder is not null && resource.Profile != CertificateProfileName.Sshd)
            return new Refusal.Invalid("sftpFolder", $"{order.Path} can't keep a session in a folder", "ask for logins, or have the host enrolled");
        foreach (LoginRule login in order.Logins ?? [])
        {
            if (!resource.Logins.Contains(login))
                return new Refusal.Invalid("logins", $"{login} is not a login of {order.Path}", $"name some of: {string.Join(", ", resource.Logins)}");
        }

        return null;
    }

    private async Task<Refusal?> FindExcessAsync(Subject requester, CancellationToken cancellationToken)
    {
        if (await _documents.CountSinceAsync(requester, _clock.GetUtcNow() - TimeSpan.FromDays(1), MaximumCountPerDay, cancellationToken) >= MaximumCountPerDay)
            return new Refusal.TooMany($"{requester} opened {MaximumCountPerDay} access requests within a day", TimeSpan.FromHours(1));
        return await _documents.ListWorkAsync(requester, cancellationToken).CountAsync(cancellationToken) >= MaximumOpenCount
            ? new Refusal.Conflict($"{requester} has {MaximumOpenCount} access requests that are not closed", "close some first: sshfn request list")
            : null;
    }

    private static JournalEvent[] EventsOf(AccessRequest request, AccessRule rule)
    {
        AccessRequestOrder order = request.Order;
        string? key = order.PublicKey is { } text ? SshPublicKey.Parse(text).Fingerprint.ToString() : null;
        var opened = new JournalEvent.AccessRequestOpened(
            request.Id, order.Path, order.Requester, order.GivenRole, order.Logins, order.SftpFolder, order.Permissions, order.Duration, order.Reason, order.Ticket,
            key, request.ApprovalsNeeded, request.Until);
        return request switch
        {
            { BreakGlass: true } => [opened, new JournalEvent.AccessRequestGlassBroken(request.Id, order.Path, order.Requester, rule.Path, order.Reason)],
            { State: AccessRequestState.Approved } => [opened, new JournalEvent.AccessRequestAutoApproved(request.Id, order.Path, order.Requester, rule.Path, false)],
            _ => [opened],
        };
    }
}
