using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Puts a new access token in the place of one of the caller's, or of anybody's by an admin.</summary>
internal sealed class RotateAccessToken : IHttpFunction
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromHours(1);

    public FunctionDeclaration Declaration { get; } = new(
        nameof(RotateAccessToken),
        "Puts a new access token in the place of another, which stays good for a while. The new secret is in this answer and nowhere else.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.RotateToken) { Request = typeof(RotateAccessTokenRequest), Response = typeof(CreatedAccessTokenResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.RotateToken, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, AccessTokenRegistry tokens, Authority authority, TimeProvider clock, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<RotateAccessTokenRequest>(context, cancellationToken))
            .Try(out RotateAccessTokenRequest? request, out Refusal? refusal))
            return Problems.From(refusal);
        AccessToken? token = await tokens.FindAsync(id, cancellationToken);
        bool allowed = token is not null
            && (token.Subject == caller.Subject
                || (await authority.RequireAsync(caller, ResourcePath.Root, Right.ManageTokens, cancellationToken)).Succeeded);
        if (!allowed) return Problems.From(new Refusal.NotFound("you have no such access token", "list yours: sshfn token list"));
        DateTimeOffset expires = request.Expires?.ToUniversalTime() ?? clock.GetUtcNow() + (token!.Expires - token.Created);
        AccessTokenOrder wanted = AccessTokenOrder.Like(token!) with { Expires = expires };
        if (!(await TokenRight.BoundAsync(caller, wanted, authority, cancellationToken)).Try(out AccessTokenOrder? order, out refusal))
            return Problems.From(refusal);
        TimeSpan overlap = request.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultOverlap;
        return Answers.Of(await tokens.RotateAsync(caller, token!, order.Expires, overlap, cancellationToken), TokenContract.Of);
    }
}
