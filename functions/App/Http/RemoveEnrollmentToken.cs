using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Removes an enrollment token; a host that it enrolled stays.</summary>
internal sealed class RemoveEnrollmentToken : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveEnrollmentToken),
        "Removes an enrollment token; a host that it enrolled stays.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.EnrollmentToken) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.EnrollmentToken, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, EnrollmentTokenRegistry tokens, Authority authority, CancellationToken cancellationToken)
    {
        EnrollmentToken? token = await tokens.FindAsync(id, cancellationToken);
        bool allowed = token is not null
            && (await authority.RequireAsync(context.Caller(), token.Resource, Right.EditTree, cancellationToken)).Succeeded;
        return allowed
            ? Answers.Of(await tokens.RemoveAsync(context.Caller(), token!, cancellationToken))
            : Problems.From(new Refusal.NotFound("you may edit no resource with such an enrollment token", "list them: sshfn host tokens list"));
    }
}
