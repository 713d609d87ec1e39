using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Records that somebody looked into an emergency afterwards.</summary>
internal sealed class ReviewAccessRequest : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ReviewAccessRequest),
        "Records that an approver looked into an emergency afterwards.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AccessRequestReview) { Request = typeof(ReviewAccessRequestRequest), Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AccessRequestReview, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, KnownAccessRequest known, AccessRequests requests, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await known.FindAsync(caller, id, cancellationToken)).Try(out AccessRequest? request, out Refusal? refusal)
            || !(await Requests.ReadAsync<ReviewAccessRequestRequest>(context, cancellationToken)).Try(out ReviewAccessRequestRequest? body, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await requests.ReviewAsync(caller, request.Id, body.Note, cancellationToken), AccessRequestContract.Of);
    }
}
