using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
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
        new FunctionRoute("POST", Routes.RotateToken) { Request = typeof(RotateAccessTokenRequest), Response = typeof(CreatedAccessTokenResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.RotateToken, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, AccessTokenRegistry tokens, HostRegistry hosts, Authority authority, TimeProvider clock, CancellationToken cancellationToken)
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
        // A removed host must not keep an identity; checked here too because a token made meanwhile could outlive its host's.
        if (token!.Kind == CallerKind.Host && !(await hosts.RequireAsync(caller, cancellationToken)).Try(out _, out refusal)) return Problems.From(refusal);
        // A host's that is rotated again ends soon and says no more how long it was good.
        TimeSpan life = token.Kind == CallerKind.Host ? HostEnrollment.TokenLife : token.Expires - token.Created;
        DateTimeOffset expires = request.Expires?.ToUniversalTime() ?? clock.GetUtcNow() + life;
        AccessTokenOrder wanted = AccessTokenOrder.Like(token) with { Expires = expires };
        if (!(await BoundAsync(caller, wanted, authority, cancellationToken)).Try(out AccessTokenOrder? order, out refusal))
            return Problems.From(refusal);
        TimeSpan overlap = request.OverlapSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultOverlap;
        return Answers.Of(await tokens.RotateAsync(caller, token, order.Expires, overlap, cancellationToken), TokenContract.Of);
    }

    // A host's enrollment, not its token, says how long it is one, and it ends by removal: its tokens follow each other without end.
    private static async Task<Result<AccessTokenOrder>> BoundAsync(
        Caller caller, AccessTokenOrder wanted, Authority authority, CancellationToken cancellationToken) =>
        wanted.Kind == CallerKind.Host ? wanted : await TokenRight.BoundAsync(caller, wanted, authority, cancellationToken);
}
