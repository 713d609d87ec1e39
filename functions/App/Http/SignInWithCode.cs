using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.Core;

namespace SshFunctions.App.Http;

/// <summary>Signs a person in through a browser: tells where it goes, and redeems the code that it comes back with.</summary>
internal sealed class SignInWithCode : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(SignInWithCode),
        "Signs a person in through a browser: authorization code with PKCE.",
        FunctionAccess.Open,
        [
            new FunctionRoute("GET", Routes.CodeSignIn)
            {
                OperationId = "BeginSignInWithCode",
                Response = typeof(CodeSignInStart),
                Query = [new QueryParameter("issuer", "Name of the issuer, as GetSignIn tells it.")],
            },
            new FunctionRoute("POST", Routes.CodeSignIn) { Request = typeof(CodeSignInRequest), Response = typeof(CodeSignInResponse) },
        ]);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.CodeSignIn, BeginAsync).For(Declaration);
        routes.MapPost(Routes.CodeSignIn, FinishAsync).For(Declaration);
    }

    private static async Task<IResult> BeginAsync(HttpContext context, CodeSignIn signIn, CancellationToken cancellationToken) =>
        Requests.Query(context, "issuer").Try(out QueryValue issuer, out Refusal? refusal)
            ? Answers.Of(await signIn.BeginAsync(issuer.Text ?? "", cancellationToken), start => start)
            : Problems.From(refusal);

    private static async Task<IResult> FinishAsync(HttpContext context, CodeSignIn signIn, RateLimits limits, CancellationToken cancellationToken)
    {
        // Counted before the issuer is asked: else anyone could have it asked as often as the broker takes requests.
        if (!limits.TakeForCodeSignIn(context).Try(out _, out Refusal? refusal)
            || !(await Requests.ReadAsync<CodeSignInRequest>(context, cancellationToken)).Try(out CodeSignInRequest? request, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await signIn.FinishAsync(request, context.SourceAddress(), cancellationToken), response => response);
    }
}
