using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows the rule of access requests that counts for a path.</summary>
internal sealed class GetAccessRule : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetAccessRule),
        "Shows the rule of access requests that counts for a path: the nearest one (in a protected environment, never that of a single resource), or the broker's own.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessRule) { Response = typeof(AccessRuleResponse), Query = [PutAccessRule.Path] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessRule, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessRuleRegistry rules, Authority authority, CancellationToken cancellationToken) =>
        AccessRulePlace.Read(context).Try(out ResourcePath path, out Refusal? refusal)
        && (await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal)
            ? Responses.Ok(AccessRuleContract.Of(await rules.FindForAsync(path, cancellationToken)))
            : Problems.From(refusal);
}
