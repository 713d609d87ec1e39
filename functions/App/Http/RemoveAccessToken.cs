using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Removes an access token of the caller, or anybody's by an admin.</summary>
internal sealed class RemoveAccessToken : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveAccessToken),
        "Removes an access token; it is worth nothing from the next request on.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Token) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Token, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, AccessTokenRegistry tokens, Authority authority, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        AccessToken? token = await tokens.FindAsync(id, cancellationToken);
        bool allowed = token is not null
            && (token.Subject == caller.Subject
                || await authority.FindRoleAsync(caller, ResourcePath.Root, cancellationToken) == Role.Admin);
        return allowed
            ? Answers.Of(await tokens.RemoveAsync(caller, token!, cancellationToken))
            : Problems.From(new Refusal.NotFound("you have no such access token", "list yours: sshfn token list"));
    }
}
