using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Shows an enrolled host, also to itself.</summary>
internal sealed class GetHost : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetHost),
        "Shows an enrolled host and what it last said of itself.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Host) { Response = typeof(HostResponse) })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Host, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, HostRegistry hosts, Authority authority, CancellationToken cancellationToken) =>
        Answers.Of(await HostTarget.RequireAsync(context.Caller(), id, Right.Read, hosts, authority, cancellationToken), HostContract.Of);
}
