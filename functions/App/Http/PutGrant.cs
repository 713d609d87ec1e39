using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes a grant, or changes it.</summary>
internal sealed class PutGrant : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutGrant),
        "Makes a grant, or changes it. Nobody gives a role above their own.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.Grant) { Request = typeof(GrantRequest), Response = typeof(GrantResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.Grant, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, GrantRegistry grants, ResourceTree tree, Authority authority, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!Fields.Parse<GrantId>(id, "id", ResourcePath.NameRule).Try(out GrantId grantId, out Refusal? refusal)
            || !(await Requests.ReadAsync<GrantRequest>(context, cancellationToken)).Try(out GrantRequest? request, out refusal)
            || !GrantContract.ToGrant(grantId, request).Try(out Grant? grant, out refusal)
            || !(await authority.RequireAsync(caller, grant.Path, Right.EditGrants, cancellationToken)).Try(out Role role, out refusal))
            return Problems.From(refusal);
        if (!await authority.MayGiveAsync(caller, grant, cancellationToken))
        {
            return Problems.From(new Refusal.Denied(
                $"{caller.Subject} may not give more than they hold: role, end, life, logins, source addresses, permissions, forward targets, folder and single use of their own grant",
                $"narrow the grant, or ask an admin of {grant.Path}"));
        }

        // Taking a grant of a higher role down by overwriting it is the same as removing it.
        Grant? old = await grants.FindAsync(grantId, cancellationToken);
        // Identifiers are the whole broker's; where a stranger's grant lies, whose it is and what it gives is not told.
        if (old is not null && await authority.FindRoleAsync(caller, old.Path, cancellationToken) is null)
            return Problems.From(new Refusal.Conflict($"the identifier {grantId} is taken", "choose another id"));
        if (old is not null && old.Role > role)
            return Problems.From(new Refusal.Denied($"grant {grantId} gives a role above your own", "choose another id"));
        if (!await tree.ExistsAsync(grant.Path, cancellationToken))
            return Problems.From(new Refusal.Invalid("path", $"there is no {grant.Path}", "make it first"));
        return Answers.Of(await grants.PutAsync(caller, grant, cancellationToken), GrantContract.Of);
    }
}
