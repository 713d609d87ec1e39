using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows an environment.</summary>
internal sealed class GetEnvironment : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetEnvironment),
        "Shows an environment.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Environment) { Response = typeof(EnvironmentResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Environment, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await tree.FindEnvironmentAsync(path, cancellationToken) is { } found
            ? Responses.Ok(TreeContract.Of(found))
            : Problems.From(new Refusal.NotFound($"there is no environment {path}"));
    }
}
