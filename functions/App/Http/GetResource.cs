using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows a resource.</summary>
internal sealed class GetResource : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(GetResource),
        "Shows a resource.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Resource) { Response = typeof(ResourceResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Resource, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        string resource,
        ResourceTree tree,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment, resource).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await tree.FindResourceAsync(path, cancellationToken) is { } found
            ? Responses.Ok(ResourceContract.Of(found))
            : Problems.From(new Refusal.NotFound($"there is no resource {path}"));
    }
}
