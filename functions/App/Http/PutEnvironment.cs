using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes an environment, or changes it.</summary>
internal sealed class PutEnvironment : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutEnvironment),
        "Makes an environment, or changes it; what is left out stays as it is.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.Environment) { Request = typeof(EnvironmentRequest), Response = typeof(EnvironmentResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.Environment, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        string project,
        string environment,
        ResourceTree tree,
        Authority authority,
        EnvironmentProtection protection,
        CancellationToken cancellationToken)
    {
        if (!TreeContract.PathOf(project, environment).Try(out ResourcePath path, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<EnvironmentRequest>(context, cancellationToken)).Try(out EnvironmentRequest? request, out refusal)
            || !TreeContract.ToEnvironment(path, request, await tree.FindEnvironmentAsync(path, cancellationToken)).Try(out ProjectEnvironment? wanted, out refusal)
            || (!wanted.Protected && !(await protection.RequireToLiftAsync(context.Caller(), path, cancellationToken)).Try(out _, out refusal)))
            return Problems.From(refusal);
        return Answers.Of(await tree.PutEnvironmentAsync(context.Caller(), wanted, cancellationToken), TreeContract.Of);
    }
}
