using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;

namespace SshFunctions.App.Http;

/// <summary>Lists access requests.</summary>
internal sealed class ListAccessRequests : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListAccessRequests),
        "Lists access requests, newest first: the caller's own, those it decides, and those on paths where it may read grants.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessRequests)
        {
            Response = typeof(Page<AccessRequestResponse>),
            Query = [.. AccessRequestQuery.Parameters, .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessRequests, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(HttpContext context, AccessRequestList list, CancellationToken cancellationToken) =>
        AccessRequestQuery.Read(context).Try(out AccessRequestQuery? query, out Refusal? refusal)
            ? Responses.Ok(await list.ReadAsync(context.Caller(), query, cancellationToken))
            : Problems.From(refusal);
}
