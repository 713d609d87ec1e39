using SshFunctions.Api;
using SshFunctions.App.Hosting;

namespace SshFunctions.App.Http;

/// <summary>Liveness, version and clock. It asks no store: a broker whose store is away is alive and says so elsewhere.</summary>
internal sealed class GetHealth : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetHealth),
        "Tells that the broker serves, its version and its clock.",
        FunctionAccess.Open,
        new FunctionRoute("GET", Routes.Health) { Response = typeof(HealthResponse) })
    {
        NeedsBroker = false,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Health, Answer).For(Declaration);

    private static IResult Answer(TimeProvider time) =>
        Responses.Ok(new HealthResponse("ok", BrokerVersion.Current, time.GetUtcNow()));
}
