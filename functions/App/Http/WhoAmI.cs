using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;

namespace SshFunctions.App.Http;

/// <summary>Tells the caller whom the broker takes it for.</summary>
internal sealed class WhoAmI : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(WhoAmI),
        "Tells the caller whom the broker takes it for.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Me) { Response = typeof(CallerResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Me, Answer).For(Declaration);

    private static IResult Answer(HttpContext context) => Responses.Ok(TokenContract.Of(context.Caller()));
}
