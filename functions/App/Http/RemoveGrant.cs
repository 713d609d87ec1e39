using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http;

/// <summary>Removes a grant; what was minted under it lives on until it expires or is revoked.</summary>
internal sealed class RemoveGrant : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveGrant),
        "Removes a grant; certificates under it live on until they expire or are revoked. One of an access request closes that, and nothing lives on.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Grant) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Grant, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string id,
        GrantRegistry grants,
        AccessRevoker revoker,
        AccessRequests requests,
        Authority authority,
        CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!Fields.Parse<GrantId>(id, "id", ResourcePath.NameRule).Try(out GrantId grantId, out Refusal? refusal))
            return Problems.From(refusal);
        Grant? grant = await grants.FindAsync(grantId, cancellationToken);
        // A grant that one may not read and one that is not there give the same answer.
        if (grant is null || await authority.FindRoleAsync(caller, grant.Path, cancellationToken) is null)
            return Problems.From(new Refusal.NotFound($"there is no grant {grantId}", "list them: sshfn grant list --path PATH"));
        if (!(await authority.RequireAsync(caller, grant.Path, Right.EditGrants, cancellationToken)).Try(out Role role, out refusal))
            return Problems.From(refusal);
        if (grant.Role > role) return Problems.From(new Refusal.Denied($"grant {grantId} gives a role above your own", "ask someone with that role"));
        return grant.Request is { } request
            ? (await requests.RevokeAsync(caller, request, "its grant was removed", cancellationToken)).Try(out _, out refusal) ? Responses.NoContent() : Problems.From(refusal)
            : Answers.Of(await revoker.RemoveGrantAsync(caller, grant, cancellationToken));
    }
}
