using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Removes a project that has nothing below it.</summary>
internal sealed class RemoveProject : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveProject),
        "Removes a project that has nothing below it.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Project) { Status = StatusCodes.Status204NoContent });

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Project, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        TreeRemoval removal,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await removal.RemoveAsync(context.Caller(), path, cancellationToken));
    }
}
