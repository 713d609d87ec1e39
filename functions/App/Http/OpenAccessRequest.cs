using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;

namespace SshFunctions.App.Http;

/// <summary>Opens an access request for the caller.</summary>
internal sealed class OpenAccessRequest : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(OpenAccessRequest),
        "Opens an access request for the caller; its rule says who approves it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.AccessRequests) { Request = typeof(OpenAccessRequestRequest), Response = typeof(AccessRequestResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.AccessRequests, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessRequests requests, AccessRuleRegistry rules, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!(await Requests.ReadAsync<OpenAccessRequestRequest>(context, cancellationToken)).Try(out OpenAccessRequestRequest? request, out Refusal? refusal)
            || !(await AccessRequestContract.ToOrderAsync(
                request, caller.Subject, async path => (await rules.FindForAsync(path, cancellationToken)).LongestDuration)).Try(out AccessRequestOrder? order, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await requests.OpenAsync(caller, order, cancellationToken), AccessRequestContract.Of);
    }
}
