using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http;

/// <summary>Takes a revocation back.</summary>
internal sealed class LiftRevocation : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(LiftRevocation),
        "Takes a revocation back.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Revocation) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Revocation, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, RevocationRegistry revocations, Authority authority, CancellationToken cancellationToken)
    {
        string revocation = Uri.UnescapeDataString(id);
        Right right = revocation.StartsWith("ca:", StringComparison.Ordinal) ? Right.RevokeCa : Right.Revoke;
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, right, cancellationToken)).Try(out _, out Refusal? refusal)
            || !(await revocations.LiftAsync(context.Caller(), revocation, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return Responses.NoContent();
    }
}
