using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;

namespace SshFunctions.App.Http;

/// <summary>Shows an access request.</summary>
internal sealed class GetAccessRequest : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetAccessRequest),
        "Shows an access request to its requester, its approvers and who may read grants on its path.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessRequest) { Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessRequest, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(HttpContext context, string id, KnownAccessRequest known, CancellationToken cancellationToken) =>
        Answers.Of(await known.FindAsync(context.Caller(), id, cancellationToken), AccessRequestContract.Of);
}
