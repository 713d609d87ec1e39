using System.CommandLine;
using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Commands.Tree;

namespace SshFunctions.Hooks.Commands.Requests;

internal sealed class ListRulesCommand : ListCommand<AccessRuleResponse>
{
    private readonly Option<string?> _path = new("--path") { Description = "This path and what lies below it" };

    internal ListRulesCommand()
        : base(
            "List the rules of access requests", "sshfn request rule list --path acme", Contract.Json.PageAccessRuleResponse,
            "path", "approvers", "approvals", "longest", "approved by itself") =>
        Options.Add(_path);

    protected override string PathOf(ParseResult arguments) => Route.Query(Routes.AccessRules, ("path", arguments.GetValue(_path)));

    protected override string?[] Row(AccessRuleResponse item) =>
        [item.Path, RuleRows.Approvers(item), $"{item.Approvals}", TreeRows.Seconds(item.LongestDurationSeconds), item.AutoApproval is { } auto ? string.Join(' ', auto.Holders) : null];
}
