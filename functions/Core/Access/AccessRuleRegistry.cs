using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Ports;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Access;

/// <summary>Keeps the rules of access requests: at most one for each path.</summary>
/// <remarks>Partition <c>access-rules</c>: row <c>r:PATH</c>.</remarks>
public sealed class AccessRuleRegistry
{
    private const string Partition = "access-rules";
    private const string Prefix = "r:";
    private readonly IStore _store;
    private readonly JournalWriter _journal;
    private readonly ResourceTree _tree;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where rules lie.</param>
    /// <param name="journal">Where changes are recorded first.</param>
    /// <param name="tree">Says which environments are protected.</param>
    public AccessRuleRegistry(IStore store, JournalWriter journal, ResourceTree tree)
    {
        _store = store;
        _journal = journal;
        _tree = tree;
    }

    /// <summary>Makes a rule, or changes the one of its path. Requests that wait are decided by it from then on.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="rule">As it shall be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rule; <see cref="Refusal.Invalid"/>, or <see cref="Refusal.Conflict"/> when somebody changed it meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<AccessRule>> PutAsync(Caller caller, AccessRule rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (FindFault(rule) is { } fault) return fault;
        DocumentKey key = KeyOf(rule.Path);
        return await _journal.RunAsync<AccessRule>(caller, new JournalEvent.AccessRulePut(rule), async () =>
        {
            StoredDocument? old = await _store.GetAsync(key, cancellationToken);
            return await _store.TryPutAsync(key, Json.Encode(rule, CoreJson.Default.AccessRule), old?.Version, cancellationToken)
                ? rule
                : new Refusal.Conflict($"the rule of {rule.Path} was changed by somebody else at the same time", "look at it again and repeat");
        }, cancellationToken);
    }

    /// <summary>The rule that somebody made for exactly this path.</summary>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rule; null for none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessRule?> FindAsync(ResourcePath path, CancellationToken cancellationToken) =>
        (await _store.ReadAsync(KeyOf(path), CoreJson.Default.AccessRule, cancellationToken))?.Value;

    /// <summary>
    /// The rule that counts for a path: the nearest one at it or above, or <see cref="AccessRule.Default"/>. In a protected environment rules
    /// of single resources don't count, whoever made them and when.
    /// </summary>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<AccessRule> FindForAsync(ResourcePath path, CancellationToken cancellationToken)
    {
        ResourcePath nearest = await IsFencedAsync(path, cancellationToken) ? path.Parent : path;
        foreach (ResourcePath level in nearest.FromRoot().Reverse())
        {
            if (await FindAsync(level, cancellationToken) is { } rule) return rule;
        }

        return AccessRule.Default(ResourcePath.Root);
    }

    /// <summary>Whether a path is a resource of a protected environment, for which that environment's rule counts.</summary>
    /// <param name="path">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether a rule of its own does not count.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> IsFencedAsync(ResourcePath path, CancellationToken cancellationToken) =>
        path.Depth == 3 && await _tree.FindEnvironmentAsync(path.Parent, cancellationToken) is { Protected: true };

    /// <summary>Every rule, by path.</summary>
    /// <param name="after">Starts after the rule of this path; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The rules.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public IAsyncEnumerable<AccessRule> ListAsync(ResourcePath? after, CancellationToken cancellationToken) => _store.ReadAllAsync(
        Partition, RowRange.StartingWith(Prefix).After(after is { } last ? KeyOf(last).Row : null), CoreJson.Default.AccessRule, cancellationToken);

    /// <summary>Removes a rule; the next one above counts from then on.</summary>
    /// <param name="caller">Who does it; its right is checked beforehand.</param>
    /// <param name="path">Whose.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see cref="Refusal.NotFound"/> when there is none.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<Result<Done>> RemoveAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        var missing = new Refusal.NotFound($"{path} has no rule for access requests", "list them: sshfn request rule list");
        if (await FindAsync(path, cancellationToken) is null) return missing;
        return await _journal.RunAsync<Done>(
            caller,
            new JournalEvent.AccessRuleRemoved(path),
            async () => await _store.TryDeleteAsync(KeyOf(path), cancellationToken) ? Done.Instance : missing,
            cancellationToken);
    }

    private static Refusal.Invalid? FindFault(AccessRule rule)
    {
        if (rule.ApprovalsNeeded is < 1 or > AccessRule.MaximumApprovalCount)
            return new("approvals", "too few or too many approvals", $"give 1 to {AccessRule.MaximumApprovalCount}");
        if (rule.LongestDuration < AccessRequestOrder.MinimumDuration || rule.LongestDuration > AccessRule.MaximumDuration)
        {
            return new("longestDurationSeconds", "the longest duration is out of bounds",
                $"give {AccessRequestOrder.MinimumDuration.TotalSeconds} to {AccessRule.MaximumDuration.TotalSeconds} seconds");
        }

        if (rule.PendingLife < AccessRule.MinimumPendingLife || rule.PendingLife > AccessRule.MaximumDuration)
        {
            return new("pendingLifeSeconds", "the wait for a decision is out of bounds",
                $"give {AccessRule.MinimumPendingLife.TotalSeconds} to {AccessRule.MaximumDuration.TotalSeconds} seconds");
        }

        if (rule.HighestRole == Role.Admin) return new("highestRole", "admin is not given by a request", "give auditor, developer or manager");
        return FindListFault(rule) ?? (rule.AutoApproval is { } auto ? FindFault(auto, rule) : null);
    }

    private static Refusal.Invalid? FindListFault(AccessRule rule)
    {
        (string Name, int Length)[] lists =
        [
            ("approvers", rule.Approvers.Length), ("requesters", rule.Requesters?.Length ?? 0), ("breakGlass", rule.BreakGlass.Length),
            ("shapes", rule.Shapes.Length), ("autoApproval.holders", rule.AutoApproval?.Holders.Length ?? 0),
            ("autoApproval.windows", rule.AutoApproval?.Windows.Length ?? 0),
        ];
        return lists.FirstOrDefault(list => list.Length > AccessRule.MaximumListLength) is { Name: { } name }
            ? new(name, $"{name} is too long", $"name at most {AccessRule.MaximumListLength}; use groups")
            : null;
    }

    private static Refusal.Invalid? FindFault(AutoApproval auto, AccessRule rule)
    {
        if (auto.Holders.IsDefaultOrEmpty)
            return new("autoApproval.holders", "nobody is named whose requests need no approver", "name subject=NAME or group=NAME, or leave autoApproval out");
        if (auto.LongestDuration < AccessRequestOrder.MinimumDuration || auto.LongestDuration > rule.LongestDuration)
            return new("autoApproval.longestDurationSeconds", "the duration is out of bounds", "give no more than the rule's longest duration");
        return auto.Windows.FirstOrDefault(window => !AccessWindow.TryFindZone(window.TimeZone, out _)) is { } unknown
            ? new("autoApproval.windows", $"this broker knows no time zone {unknown.TimeZone}", "give an IANA name such as Europe/Berlin, or none for UTC")
            : null;
    }

    private static DocumentKey KeyOf(ResourcePath path) => new(Partition, Prefix + DocumentKey.Segment(path.Text));
}
