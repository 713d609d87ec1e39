using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Creates a token that enrolls one host once.</summary>
internal sealed class CreateEnrollmentToken : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(CreateEnrollmentToken),
        "Creates a token that enrolls one host once. Its secret is in this answer and nowhere else.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.EnrollmentTokens)
        {
            Request = typeof(CreateEnrollmentTokenRequest),
            Response = typeof(CreatedEnrollmentTokenResponse),
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.EnrollmentTokens, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, EnrollmentTokenRegistry tokens, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await Requests.ReadAsync<CreateEnrollmentTokenRequest>(context, cancellationToken))
                .Try(out CreateEnrollmentTokenRequest? request, out Refusal? refusal)
            || !Fields.Parse<ResourcePath>(request.Resource, "resource", ResourcePath.Rule).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        TimeSpan? life = request.LifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var place = new HostPlace(path, request.Instance);
        return Answers.Of(await tokens.CreateAsync(context.Caller(), place, life, cancellationToken), HostContract.Of);
    }
}
