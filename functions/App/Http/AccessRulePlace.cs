using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>The path that a rule of access requests is for, and who may say what holds there.</summary>
internal sealed class AccessRulePlace(Authority authority, AccessRuleRegistry rules)
{
    public static Result<ResourcePath> Read(HttpContext context) => Requests.Query(context, "path").Try(out QueryValue text, out Refusal? refusal)
        ? Fields.Parse<ResourcePath>(text.Text ?? "/", "path", ResourcePath.Rule)
        : refusal;

    /// <summary>Checks that a caller may put or remove the rule of a path: a rule has no end, so whose role has one may not.</summary>
    public async Task<Result<Done>> RequireAsync(Caller caller, ResourcePath path, CancellationToken cancellationToken)
    {
        // Who manages one resource alone must not take down the fence that its environment puts around all of them.
        bool isFenced = await rules.IsFencedAsync(path, cancellationToken);
        return (await authority.RequireStandingAsync(caller, isFenced ? path.Parent : path, Right.EditGrants, cancellationToken)).Try(out _, out Refusal? refusal)
            ? Done.Instance
            : refusal;
    }

    /// <summary>Checks that whoever names others to decide, or nobody at all, could give as much themselves.</summary>
    public async Task<Result<Done>> RequireToGiveAsync(Caller caller, AccessRule rule, CancellationToken cancellationToken)
    {
        if (rule.Approvers.IsEmpty && rule.BreakGlass.IsEmpty && rule.AutoApproval is null) return Done.Instance;
        // Without an end, like the rule itself: only a grant that has none either covers it.
        var widest = new Grant(
            GrantId.Parse("widest"), rule.Path, rule.HighestRole, Holder.Of(caller.Subject), null, null, null, [.. Enum.GetValues<Permission>()], null, null);
        return await authority.MayGiveAsync(caller, widest, cancellationToken)
            ? Done.Instance
            : new Refusal.Denied(
                $"{caller.Subject} may not let others give more than they hold on {rule.Path}: every login and every permission for {rule.LongestDuration.TotalSeconds} seconds",
                $"leave approvers, autoApproval and breakGlass out, or ask an admin of {rule.Path}");
    }
}
