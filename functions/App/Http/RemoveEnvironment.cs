using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Removes an environment that has nothing below it.</summary>
internal sealed class RemoveEnvironment : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveEnvironment),
        "Removes an environment that has nothing below it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Environment) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Environment, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        TreeRemoval removal,
        Authority authority,
        EnvironmentProtection protection,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal)
            || !(await protection.RequireToLiftAsync(context.Caller(), path, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await removal.RemoveAsync(context.Caller(), path, cancellationToken));
    }
}
