using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Policy;

/// <summary>Answers who can reach what now.</summary>
/// <remarks>Each grant is asked alone, by the engine that decides a mint: what that one refuses is not reached, whatever the reason.</remarks>
public sealed class AccessReach
{
    // Stands for whoever comes with the group; no subject holds that name.
    private static readonly Subject Anyone = Subject.Parse("somebody");
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly AccessEvaluator _access;
    private readonly KeyRegistry _keys;
    private readonly TimeProvider _clock;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="grants">Where grants are read.</param>
    /// <param name="access">Decides.</param>
    /// <param name="keys">Where registered keys are read.</param>
    /// <param name="clock">Says what is in force.</param>
    public AccessReach(ResourceTree tree, GrantRegistry grants, AccessEvaluator access, KeyRegistry keys, TimeProvider clock)
    {
        _tree = tree;
        _grants = grants;
        _access = access;
        _keys = keys;
        _clock = clock;
    }

    /// <summary>The resources on a path and below it, by path, with who can reach each.</summary>
    /// <param name="path">Where.</param>
    /// <param name="after">The last one that is not wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The resources.</returns>
    /// <exception cref="Ports.StoreUnavailableException">The store is away.</exception>
    public async IAsyncEnumerable<ReachableResource> ListAsync(
        ResourcePath path, ResourcePath? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (path.Depth == 3)
        {
            // Behind itself there is nothing.
            Resource? one = after is null ? await _tree.FindResourceAsync(path, cancellationToken) : null;
            if (one is not null) yield return await ReadAsync(one, cancellationToken);
            yield break;
        }

        await foreach (Resource resource in _tree.ListResourcesAsync(path, after, cancellationToken))
            yield return await ReadAsync(resource, cancellationToken);
    }

    private async Task<ReachableResource> ReadAsync(Resource resource, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        ImmutableArray<AccessHolder>.Builder holders = ImmutableArray.CreateBuilder<AccessHolder>();
        foreach (ResourcePath level in resource.Path.FromRoot())
        {
            await foreach (Grant grant in _grants.ListOnAsync(level, cancellationToken))
            {
                if (grant.Role >= Role.Developer && grant.IsInForce(now)) holders.Add(await AskAsync(grant, resource, now, cancellationToken));
            }
        }

        ProjectEnvironment? environment = await _tree.FindEnvironmentAsync(resource.Path.Parent, cancellationToken);
        ResourcePath? off = await _tree.FindSwitchedOffAsync(resource.Path, cancellationToken);
        return new ReachableResource(resource, environment?.Protected ?? false, off, holders.ToImmutable());
    }

    private async Task<AccessHolder> AskAsync(Grant grant, Resource resource, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Caller caller = grant.Holder.Subject is { } subject
            ? new Caller(CallerKind.Person, subject, [])
            : new Caller(CallerKind.Person, Anyone, [grant.Holder.Group!.Value]);
        var open = ImmutableArray.CreateBuilder<string>();
        string? reason = null;
        bool keysEnter = false;
        foreach (LoginRule rule in resource.Logins)
        {
            // An own name is known at a sign-in only, so any stands for it.
            Caller asking = rule.LoginOf(caller) is null ? caller with { UserName = Login.Parse("somebody") } : caller;
            Login login = rule.LoginOf(asking)!.Value;
            AccessDecision decision = await _access.DecideByAsync(grant.Id, asking, resource, login, now, AccessMeans.Certificate, cancellationToken);
            if (decision is AccessDecision.Refused refused) reason ??= refused.Deciding.Detail;
            else open.Add(rule.ToString());
            if (asking == caller && !keysEnter)
                keysEnter = await _access.DecideByAsync(grant.Id, caller, resource, login, now, AccessMeans.RegisteredKey, cancellationToken) is AccessDecision.Allowed;
        }

        return new AccessHolder(
            grant, open.ToImmutable(), open.Count > 0 ? null : reason ?? "the resource has no login", keysEnter ? await KeysOfAsync(grant.Holder, now, cancellationToken) : []);
    }

    private async Task<ImmutableArray<RegisteredKey>> KeysOfAsync(Holder holder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ImmutableArray<RegisteredKey>.Builder keys = ImmutableArray.CreateBuilder<RegisteredKey>();
        await foreach (RegisteredKey key in _keys.ListAsync(holder, null, cancellationToken))
        {
            if (key.SignsIn && (key.Expires is null || key.Expires > now)) keys.Add(key);
        }

        return keys.ToImmutable();
    }
}
