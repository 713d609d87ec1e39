using SshFunctions.Api;
using SshFunctions.Hooks.Commands.Tree;

namespace SshFunctions.Hooks.Commands.Requests;

/// <summary>The members of a rule of access requests as people read them.</summary>
internal static class RuleRows
{
    internal static (string, string?)[] Of(AccessRuleResponse rule) =>
    [
        ("path", rule.Path), ("approvers", Approvers(rule)), ("approvals", $"{rule.Approvals}"),
        ("longest", TreeRows.Seconds(rule.LongestDurationSeconds)), ("waits", TreeRows.Seconds(rule.PendingLifeSeconds)),
        ("requesters", rule.Requesters is { } requesters ? string.Join(' ', requesters) : "everybody"),
        ("approved by itself", rule.AutoApproval is { } auto ? Auto(auto) : "nothing"),
        ("may break the glass", rule.BreakGlass.Count == 0 ? "nobody" : string.Join(' ', rule.BreakGlass)),
        ("shapes", rule.Shapes.Count == 0 ? "any" : string.Join(' ', rule.Shapes)), ("highest role", rule.HighestRole),
    ];

    internal static string Approvers(AccessRuleResponse rule) => rule.Approvers.Count == 0 ? "managers" : string.Join(' ', rule.Approvers);

    private static string Auto(AccessAutoApproval auto) =>
        string.Join(' ', auto.Holders)
        + (auto.LongestDurationSeconds is { } seconds ? $" up to {TreeRows.Seconds(seconds)}" : "")
        + string.Concat((auto.Windows ?? []).Select(window => "; " + AccessWindowText.Write(window)));
}
