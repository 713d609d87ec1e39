using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Access;

/// <summary>Says who decides a request, who may end it and who may know of it.</summary>
public sealed class AccessApprovers
{
    private readonly Authority _authority;
    private readonly AccessRuleRegistry _rules;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="authority">Says what roles people have.</param>
    /// <param name="rules">Says whom a rule names.</param>
    /// <param name="clock">Times.</param>
    public AccessApprovers(Authority authority, AccessRuleRegistry rules, TimeProvider clock)
    {
        _authority = authority;
        _rules = rules;
        _clock = clock;
    }

    internal Task<AccessRule> FindRuleAsync(ResourcePath path, CancellationToken cancellationToken) => _rules.FindForAsync(path, cancellationToken);

    /// <summary>Checks that a caller may decide a request.</summary>
    /// <param name="caller">Who decides.</param>
    /// <param name="request">What about.</param>
    /// <param name="rule">The rule in force for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// A <see cref="Refusal.Denied"/> for who is not named by the rule; where it names nobody, for who has no role manager or may not give
    /// as much. Who is named gives what the rule allows: whoever made the rule held that much.
    /// </returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RequireAsync(Caller caller, AccessRequest request, AccessRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rule);
        if (caller.Subject == request.Order.Requester)
            return new Refusal.Denied($"{caller.Subject} asked for this access, and nobody decides their own", "another approver does");
        if (!rule.Approvers.IsEmpty)
        {
            return AccessRule.Names(rule.Approvers, caller)
                ? Done.Instance
                : new Refusal.Denied($"{caller.Subject} is no approver for {request.Order.Path}", $"one of them decides: {string.Join(", ", rule.Approvers)}");
        }

        if (!(await _authority.RequireAsync(caller, request.Order.Path, Right.EditGrants, cancellationToken)).Try(out _, out Refusal? refusal)) return refusal;
        DateTimeOffset start = request.Activated ?? _clock.GetUtcNow();
        Grant grant = request.GrantOf(start, request.Extension?.Ends ?? request.Ends ?? (start + request.Order.Duration));
        return await _authority.MayGiveAsync(caller, grant, cancellationToken)
            ? Done.Instance
            : new Refusal.Denied(
                $"{caller.Subject} may not give more than they hold: role, end, logins, permissions and folder of their own grant",
                $"ask an admin of {request.Order.Path} to decide");
    }

    /// <summary>Whether a caller may know of a request: who gets the access, who decides it, and who may read grants on its path.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">About what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it may be shown.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<bool> MaySeeAsync(Caller caller, AccessRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(request);
        return caller.Subject == request.Order.Requester
            || await _authority.FindRoleAsync(caller, request.Order.Path, cancellationToken) >= Authority.RoleFor(Right.Read)
            || AccessRule.Names((await FindRuleAsync(request.Order.Path, cancellationToken)).Approvers, caller);
    }

    /// <summary>Whether a caller may end a request: who gets the access, who decides it, managers and the broker itself.</summary>
    internal async Task<bool> MayCloseAsync(Caller caller, AccessRequest request, CancellationToken cancellationToken) =>
        caller.Subject == request.Order.Requester
        || await _authority.FindRoleAsync(caller, request.Order.Path, cancellationToken) >= Authority.RoleFor(Right.EditGrants)
        || AccessRule.Names((await FindRuleAsync(request.Order.Path, cancellationToken)).Approvers, caller);
}
