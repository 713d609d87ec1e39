using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Removes an enrolled host and its access tokens; a host may remove itself.</summary>
internal sealed class RemoveHost : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RemoveHost),
        "Removes an enrolled host and its access tokens. Its certificates live on until they expire, unless it is revoked instead.",
        FunctionAccess.Authenticated,
        new FunctionRoute("DELETE", Routes.Host) { Status = StatusCodes.Status204NoContent })
    {
        ForHosts = true,
    };

    public void Map(IEndpointRouteBuilder routes) => routes.MapDelete(Routes.Host, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, HostRegistry hosts, HostRemoval removal, Authority authority, CancellationToken cancellationToken) =>
        (await HostTarget.RequireAsync(context.Caller(), id, Right.EditTree, hosts, authority, cancellationToken)).Try(out EnrolledHost? host, out Refusal? refusal)
            ? Answers.Of(await removal.RemoveAsync(context.Caller(), host, cancellationToken))
            : Problems.From(refusal);
}
