using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Gives a short-lived access token for a challenge that was signed with a registered SSH key.</summary>
internal sealed class SignInWithSshKey : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(SignInWithSshKey),
        "Gives an access token of at most 8 hours for a challenge that was signed with a registered SSH key.",
        FunctionAccess.Open,
        new FunctionRoute("POST", Routes.SshKeySignIn) { Request = typeof(SshKeySignInRequest), Response = typeof(CreatedAccessTokenResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.SshKeySignIn, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, SshKeySignIn signIn, BrokerUrl broker, RateLimits limits, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<SshKeySignInRequest>(context, cancellationToken)).Try(out SshKeySignInRequest? request, out Refusal? refusal)
            || !broker.Find().Try(out string? url, out refusal))
            return Problems.From(refusal);
        Result<CreatedAccessToken> result = await signIn.SignInAsync(url, request.Challenge, request.Signature, cancellationToken);
        // Counted as any wrong credential is.
        return result.Refusal is Refusal.Unauthenticated && !limits.TakeForFailedCredential(context).Try(out _, out Refusal? tooMany)
            ? Problems.From(tooMany)
            : Answers.Of(result, TokenContract.Of);
    }
}
