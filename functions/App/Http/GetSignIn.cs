using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.Settings;

namespace SshFunctions.App.Http;

/// <summary>Tells a client how its user can sign in, before it has any credential.</summary>
internal sealed class GetSignIn : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetSignIn),
        "Tells how people can sign in.",
        FunctionAccess.Open,
        new FunctionRoute("GET", Routes.SignIn) { Response = typeof(SignInResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.SignIn, Answer).For(Declaration);

    private static IResult Answer(BrokerProfile profile) => Responses.Ok(new SignInResponse(
        [
            .. from issuer in profile.Issuers.All
               where issuer.Client is not null
               select new SignInIssuer(issuer.Name, issuer.Issuer, issuer.Client!.Id, issuer.Client.Scopes, issuer.Client.Token),
        ],
        AccessTokens: true));
}
