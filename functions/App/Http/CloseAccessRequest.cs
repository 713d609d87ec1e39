using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Ends an access request, and with it the access.</summary>
internal sealed class CloseAccessRequest : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(CloseAccessRequest),
        "Ends an access request: its grant is removed, what was minted under it revoked and live sessions end.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AccessRequestClosing) { Request = typeof(CloseAccessRequestRequest), Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AccessRequestClosing, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, KnownAccessRequest known, AccessRequests requests, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await known.FindAsync(caller, id, cancellationToken)).Try(out AccessRequest? request, out Refusal? refusal)
            || !(await Requests.ReadAsync<CloseAccessRequestRequest>(context, cancellationToken)).Try(out CloseAccessRequestRequest? body, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await requests.CloseAsync(caller, request.Id, body.Reason, cancellationToken), AccessRequestContract.Of);
    }
}
