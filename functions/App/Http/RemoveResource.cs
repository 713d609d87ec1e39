using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Removes a resource that has nothing below it.</summary>
internal sealed class RemoveResource : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveResource),
        "Removes a resource that has nothing below it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Resource) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Resource, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        string resource,
        TreeRemoval removal,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment, resource).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await removal.RemoveAsync(context.Caller(), path, cancellationToken));
    }
}
