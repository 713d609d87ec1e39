using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Decides who may administer what: by the highest role that a caller's grants in force give on a path.</summary>
public sealed class Authority
{
    private readonly GrantRegistry _grants;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="grants">Where grants are read.</param>
    /// <param name="clock">Says which are in force.</param>
    public Authority(GrantRegistry grants, TimeProvider clock)
    {
        _grants = grants;
        _clock = clock;
    }

    /// <summary>The lowest role that holds a right.</summary>
    /// <param name="right">The right.</param>
    /// <returns>The role; every higher one holds the right too.</returns>
    public static Role RoleFor(Right right) => right switch
    {
        Right.Read or Right.ReadJournal => Role.Auditor,
        Right.SwitchResource => Role.Developer,
        Right.EditTree or Right.SwitchEnvironment or Right.EditGrants or Right.Revoke => Role.Manager,
        _ => Role.Admin,
    };

    /// <summary>The roles of a caller, for the length of one request that asks about many paths.</summary>
    /// <param name="caller">Who.</param>
    /// <returns>The roles; nothing is read yet.</returns>
    public CallerRoles RolesOf(Caller caller) => new(caller, _grants, _clock.GetUtcNow());

    /// <summary>The highest role of a caller on a path.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The role; null for none.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Role?> FindRoleAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.Kind == CallerKind.System) return Role.Admin;
        DateTimeOffset now = _clock.GetUtcNow();
        IReadOnlyList<Grant> grants = await _grants.FindForAsync(caller, path, cancellationToken);
        Role? best = null;
        foreach (Grant grant in grants)
        {
            if (grant.IsInForce(now) && (best is null || grant.Role > best)) best = grant.Role;
        }

        return best;
    }

    /// <summary>Checks a right that outlives whoever uses it: what is done with it stays when the caller's access has ended.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="right">To do what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The role by grants that neither end nor come from an access request, or a <see cref="Refusal.Denied"/>.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Role>> RequireStandingAsync(Caller caller, ResourcePath path, Right right, CancellationToken cancellationToken)
    {
        if (!(await RequireAsync(caller, path, right, cancellationToken)).Try(out Role role, out Refusal? refusal)) return refusal;
        if (caller.Kind == CallerKind.System) return role;
        DateTimeOffset now = _clock.GetUtcNow();
        IReadOnlyList<Grant> held = await _grants.FindForAsync(caller, path, cancellationToken);
        Grant? best = held.Where(own => own.IsStanding && own.IsInForce(now)).MaxBy(own => own.Role);
        return best?.Role >= RoleFor(right)
            ? best.Role
            : new Refusal.Denied(
                $"{caller.Subject} has role {Text(role)} on {path} for a while only, and this would outlive it",
                $"somebody whose role {Text(RoleFor(right))} on {path} does not end does it");
    }

    /// <summary>Whether a caller holds a grant in force that allows to give grants and covers all that this one gives.</summary>
    /// <param name="caller">Who gives.</param>
    /// <param name="grant">What.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it may be given.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<bool> MayGiveAsync(Caller caller, Grant grant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grant);
        DateTimeOffset now = _clock.GetUtcNow();
        IReadOnlyList<Grant> held = await _grants.FindForAsync(caller, grant.Path, cancellationToken);
        return held.Any(own => own.IsInForce(now) && own.Role >= RoleFor(Right.EditGrants) && own.Covers(grant));
    }

    /// <summary>Whether a caller edits a place without being limited to some of its logins.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether a grant in force that allows to edit the tree names no logins.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<bool> HoldsEveryLoginAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        DateTimeOffset now = _clock.GetUtcNow();
        IReadOnlyList<Grant> held = await _grants.FindForAsync(caller, path, cancellationToken);
        return held.Any(own => own.IsInForce(now) && own.Role >= RoleFor(Right.EditTree) && own.Logins is null);
    }

    /// <summary>Checks a right.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="path">Where.</param>
    /// <param name="right">To do what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The caller's role, or a <see cref="Refusal.Denied"/> that says which role would do.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Role>> RequireAsync(Caller caller, ResourcePath path, Right right, CancellationToken cancellationToken)
    {
        Role? role = await FindRoleAsync(caller, path, cancellationToken);
        Role needed = RoleFor(right);
        if (role >= needed) return role.Value;
        string place = path.Depth == 0 ? "/ (everything)" : path.Text;
        string has = role is { } held ? $"has role {Text(held)}" : "has no role";
        return new Refusal.Denied(
            $"{caller.Subject} {has} on {place}; this needs {Text(needed)}",
            path.Depth == 0 ? $"narrow it to a path on which you have that role, or ask an admin for one on {place}" : $"ask an admin for a grant with role {Text(needed)} on {place}");
    }

    private static string Text(Role role) => role switch
    {
        Role.Auditor => "auditor",
        Role.Developer => "developer",
        Role.Manager => "manager",
        _ => "admin",
    };
}
