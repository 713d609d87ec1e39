using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows a grant.</summary>
internal sealed class GetGrant : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetGrant),
        "Shows a grant.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Grant) { Response = typeof(GrantResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Grant, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, GrantRegistry grants, Authority authority, CancellationToken cancellationToken)
    {
        if (!Fields.Parse<GrantId>(id, "id", ResourcePath.NameRule).Try(out GrantId grantId, out Refusal? refusal))
            return Problems.From(refusal);
        Grant? grant = await grants.FindAsync(grantId, cancellationToken);
        if (!(await authority.RequireAsync(context.Caller(), grant?.Path ?? ResourcePath.Root, Right.Read, cancellationToken))
                .Try(out _, out refusal))
            return Problems.From(refusal);
        return grant is null ? Problems.From(new Refusal.NotFound($"there is no grant {grantId}")) : Responses.Ok(GrantContract.Of(grant));
    }
}
