using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Makes a resource, or changes it.</summary>
internal sealed class PutResource : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(PutResource),
        "Makes a resource, or changes it; what is left out stays as it is.",
        FunctionAccess.Authenticated,
        new FunctionRoute("PUT", Routes.Resource) { Request = typeof(ResourceRequest), Response = typeof(ResourceResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPut(Routes.Resource, HandleAsync).For(Declaration);

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
            || !(await authority.RequireAsync(context.Caller(), path, Right.EditTree, cancellationToken)).Try(out _, out refusal)
            || !(await Requests.ReadAsync<ResourceRequest>(context, cancellationToken)).Try(out ResourceRequest? request, out refusal)
            || !TreeContract.ToResource(path, request, await tree.FindResourceAsync(path, cancellationToken)).Try(out Resource? wanted, out refusal))
            return Problems.From(refusal);
        // The bare login opens every plain host, of whatever project.
        if (wanted.Profile == CertificateProfileName.PlainSshd
            && !(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ManagePlainHosts, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return Answers.Of(await tree.PutResourceAsync(context.Caller(), wanted, cancellationToken), TreeContract.Of);
    }
}
