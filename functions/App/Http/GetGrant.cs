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
        // A grant that one may not read and one that is not there give the same answer.
        return grant is not null && await authority.FindRoleAsync(context.Caller(), grant.Path, cancellationToken) is not null
            ? Responses.Ok(GrantContract.Of(grant))
            : Problems.From(new Refusal.NotFound($"there is no grant {grantId}", "list them: sshfn grant list --path PATH"));
    }
}
