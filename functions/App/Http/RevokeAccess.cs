using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;

namespace SshFunctions.App.Http;

/// <summary>Revokes by serial, certificate, key, subject, grant, host or CA.</summary>
internal sealed class RevokeAccess : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RevokeAccess),
        "Revokes by serial, certificate, key, subject, grant, host or CA.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.Revocations) { Request = typeof(RevokeAccessRequest), Response = typeof(RevokedResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Revocations, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, RevocationTargets targets, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<RevokeAccessRequest>(context, cancellationToken))
                .Try(out RevokeAccessRequest? request, out Refusal? refusal))
            return Problems.From(refusal);
        return Answers.Of(await targets.RevokeAsync(context.Caller(), request, cancellationToken), RevocationContract.Of);
    }
}
