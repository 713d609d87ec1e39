using SshFunctions.Core.Callers;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.Core.Policy;

/// <summary>Reads the facts for a question and asks the policy. Reads the store each time, so a change counts at the next question.</summary>
public sealed class AccessEvaluator
{
    private readonly ResourceTree _tree;
    private readonly GrantRegistry _grants;
    private readonly RevocationRegistry _revocations;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="tree">Where resources are read.</param>
    /// <param name="grants">Where grants are read.</param>
    /// <param name="revocations">Where revoked subjects are read.</param>
    public AccessEvaluator(ResourceTree tree, GrantRegistry grants, RevocationRegistry revocations)
    {
        _tree = tree;
        _grants = grants;
        _revocations = revocations;
    }

    /// <summary>Decides whether a caller may enter.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="resource">What.</param>
    /// <param name="login">As whom.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<AccessDecision> DecideAsync(
        Caller caller, Resource resource, Login login, DateTimeOffset now, CancellationToken cancellationToken) =>
        DecideAsync(caller, resource, login, now, AccessMeans.Certificate, cancellationToken);

    /// <summary>Decides whether a caller may enter with a certain kind of credential.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="resource">What.</param>
    /// <param name="login">As whom.</param>
    /// <param name="now">UTC.</param>
    /// <param name="means">With what.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decision.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessDecision> DecideAsync(
        Caller caller, Resource resource, Login login, DateTimeOffset now, AccessMeans means, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(resource);
        var question = new AccessQuestion(caller, resource.Path, login, now) { Means = means };
        AccessFacts? facts = await FindFactsAsync(Holder.Of(caller), caller.Subject, resource, cancellationToken);
        // Also of a place that is gone: who holds nothing there is not told that there was one.
        return facts is null && (await _grants.FindForAsync(caller, resource.Path, cancellationToken)).Count == 0
            ? AccessPolicy.RefuseStranger(question)
            : Decide(question, facts);
    }

    /// <summary>Decides by one grant alone, as if the caller held no other.</summary>
    internal async Task<AccessDecision> DecideByAsync(
        GrantId grant, Caller caller, Resource resource, Login login, DateTimeOffset now, AccessMeans means, CancellationToken cancellationToken)
    {
        AccessFacts? facts = await FindFactsAsync(Holder.Of(caller), caller.Subject, resource, cancellationToken);
        return Decide(
            new AccessQuestion(caller, resource.Path, login, now) { Means = means },
            facts is null ? null : facts with { Grants = [.. facts.Grants.Where(held => held.Id == grant)] });
    }

    /// <summary>The decision over facts; without facts the resource's place in the tree is gone.</summary>
    internal static AccessDecision Decide(AccessQuestion question, AccessFacts? facts)
    {
        if (facts is not null) return AccessPolicy.Decide(question, facts);
        var gone = new RuleFinding("tree", false, $"{question.Resource} was removed", "ask who manages it");
        return new AccessDecision.Refused(gone, [gone]);
    }

    /// <summary>What the policy looks at for some holders; null when the resource's environment or project is gone.</summary>
    internal async Task<AccessFacts?> FindFactsAsync(
        IEnumerable<Holder> holders, Subject? subject, Resource resource, CancellationToken cancellationToken)
    {
        // None waits for another: over a network each costs a round trip.
        Task<ProjectEnvironment?> findingEnvironment = _tree.FindEnvironmentAsync(resource.Path.Parent, cancellationToken);
        Task<Project?> findingProject = _tree.FindProjectAsync(resource.Path.Parent.Parent, cancellationToken);
        Task<Revocation?> findingRevocation = subject is { } who ? _revocations.FindSubjectAsync(who, cancellationToken) : Task.FromResult<Revocation?>(null);
        Task<IReadOnlyList<Grant>> findingGrants = _grants.FindHeldAsync(holders, resource.Path, cancellationToken);
        await Task.WhenAll(findingEnvironment, findingProject, findingRevocation, findingGrants);
        (ProjectEnvironment? environment, Project? project) = (await findingEnvironment, await findingProject);
        if (environment is null || project is null) return null;
        (Revocation? revoked, IReadOnlyList<Grant> grants) = (await findingRevocation, await findingGrants);
        return new AccessFacts(project, environment, resource, [.. grants], revoked?.Reason);
    }

    /// <summary>Whether a grant that was read before is still there and says the same.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False once it was removed, also when another has come in its place since.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public Task<bool> StillHoldsAsync(Grant grant, CancellationToken cancellationToken) => _grants.StandsAsync(grant, cancellationToken);
}
