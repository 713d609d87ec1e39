using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Approves or denies an access request, or more time for one.</summary>
internal sealed class DecideAccessRequest : IHttpFunction
{
    private static readonly Dictionary<string, bool> Decisions = new(StringComparer.Ordinal) { ["approve"] = true, ["deny"] = false };

    public FunctionDeclaration Declaration { get; } = new(
        nameof(DecideAccessRequest),
        "Approves or denies an access request, or more time for one; with the last approval that is needed the access is given.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AccessRequestDecision) { Request = typeof(DecideAccessRequestRequest), Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AccessRequestDecision, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, KnownAccessRequest known, AccessRequests requests, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await known.FindAsync(caller, id, cancellationToken)).Try(out AccessRequest? request, out Refusal? refusal)
            || !(await Requests.ReadAsync<DecideAccessRequestRequest>(context, cancellationToken)).Try(out DecideAccessRequestRequest? body, out refusal))
            return Problems.From(refusal);
        if (!Fields.Choose(body.Decision, "decision", Decisions).Try(out bool approves, out refusal)) return Problems.From(refusal);
        Task<Result<AccessRequest>> decide = approves
            ? requests.ApproveAsync(caller, request.Id, body.Comment, body.Until, cancellationToken)
            : requests.DenyAsync(caller, request.Id, body.Comment, body.Until, cancellationToken);
        return Answers.Of(await decide, AccessRequestContract.Of);
    }
}
