using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Removes the rule of access requests of a path.</summary>
internal sealed class RemoveAccessRule : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveAccessRule),
        "Removes the rule of access requests of a path; the next one above counts from then on.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.AccessRule) { Status = StatusCodes.Status204NoContent, Query = [PutAccessRule.Path] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.AccessRule, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessRuleRegistry rules, AccessRulePlace place, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        return AccessRulePlace.Read(context).Try(out ResourcePath path, out Refusal? refusal)
            && (await place.RequireAsync(caller, path, cancellationToken)).Try(out _, out refusal)
                ? Answers.Of(await rules.RemoveAsync(caller, path, cancellationToken))
                : Problems.From(refusal);
    }
}
