using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Asks for more time for an active access request.</summary>
internal sealed class ExtendAccessRequest : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ExtendAccessRequest),
        "Asks for more time for an active access request; it needs the approvals that opening it did.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AccessRequestExtension) { Request = typeof(ExtendAccessRequestRequest), Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AccessRequestExtension, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, KnownAccessRequest known, AccessRequests requests, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await known.FindAsync(caller, id, cancellationToken)).Try(out AccessRequest? request, out Refusal? refusal)
            || !(await Requests.ReadAsync<ExtendAccessRequestRequest>(context, cancellationToken)).Try(out ExtendAccessRequestRequest? body, out refusal))
            return Problems.From(refusal);
        TimeSpan more = TimeSpan.FromSeconds(body.DurationSeconds);
        return Answers.Of(await requests.ExtendAsync(caller, request.Id, more, body.Reason, cancellationToken), AccessRequestContract.Of);
    }
}
