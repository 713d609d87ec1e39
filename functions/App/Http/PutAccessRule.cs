using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes the rule of access requests for a path, or replaces it as a whole.</summary>
internal sealed class PutAccessRule : IHttpFunction
{
    public static QueryParameter Path { get; } = new("path", "Where; the root when absent.");

    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutAccessRule),
        "Makes the rule of access requests for a path and what lies below it, or replaces it as a whole. In a protected environment rules of single resources don't count.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.AccessRule) { Request = typeof(AccessRuleRequest), Response = typeof(AccessRuleResponse), Query = [Path] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.AccessRule, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessRuleRegistry rules, AccessRulePlace place, ResourceTree tree, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!AccessRulePlace.Read(context).Try(out ResourcePath path, out Refusal? refusal)
            || !(await place.RequireAsync(caller, path, cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<AccessRuleRequest>(context, cancellationToken)).Try(out AccessRuleRequest? request, out refusal)
            || !AccessRuleContract.ToRule(path, request).Try(out AccessRule? rule, out refusal)
            || !(await place.RequireToGiveAsync(caller, rule, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        if (await rules.IsFencedAsync(path, cancellationToken))
        {
            return Problems.From(new Refusal.Invalid(
                "path", $"environment {path.Parent} is protected, and rules of single resources don't count there", $"put the rule on {path.Parent}"));
        }

        return path.Depth == 0 || await tree.ExistsAsync(path, cancellationToken)
            ? Answers.Of(await rules.PutAsync(caller, rule, cancellationToken), AccessRuleContract.Of)
            : Problems.From(new Refusal.Invalid("path", $"there is no {path}", "make it first"));
    }
}
