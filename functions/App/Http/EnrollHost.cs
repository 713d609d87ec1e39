using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Hosting.OpenId;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers.OpenId;
using SshFunctions.Core.Hosts;

namespace SshFunctions.App.Http;

/// <summary>Enrolls a host that proves by a single-use token, or by its machine identity, which resource it is.</summary>
internal sealed class EnrollHost : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(EnrollHost),
        "Enrolls a host by a single-use enrollment token or by a machine identity. The secret of its own token is in this answer and nowhere else.",
        FunctionAccess.Open,
        new FunctionRoute("POST", Routes.Hosts) { Request = typeof(EnrollHostRequest), Response = typeof(EnrolledHostResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.Hosts, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, HostEnrollment enrollment, WebTokenAuthenticator webTokens, RateLimits limits, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<EnrollHostRequest>(context, cancellationToken)).Try(out EnrollHostRequest? request, out Refusal? refusal)
            || !HostContract.ToOrder(request).Try(out HostOrder? order, out refusal))
            return Problems.From(refusal);
        Result<AdmittedHost> result = await EnrollAsync(request, order, enrollment, webTokens, cancellationToken);
        // Counted as any wrong credential is.
        return result.Refusal is Refusal.Unauthenticated && !limits.TakeForFailedCredential(context).Try(out _, out Refusal? tooMany)
            ? Problems.From(tooMany)
            : Answers.Of(result, HostContract.Of);
    }

    private static async Task<Result<AdmittedHost>> EnrollAsync(
        EnrollHostRequest request, HostOrder order, HostEnrollment enrollment, WebTokenAuthenticator webTokens, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case { EnrollmentToken: { } token, IdentityToken: null }:
                return await enrollment.EnrollAsync(token, order, cancellationToken);
            case { EnrollmentToken: null, IdentityToken: { } text }:
                return (await webTokens.AuthenticateAsync(text, cancellationToken)).Try(out OpenIdIdentity? identity, out Refusal? refusal)
                    ? await enrollment.EnrollAsync(identity, order, cancellationToken)
                    : refusal;
            default:
                return new Refusal.Invalid("enrollmentToken", "it is not clear what proves the host", "give exactly one of enrollmentToken and identityToken");
        }
    }
}
