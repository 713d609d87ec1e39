using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Forwarding;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Tells how far each target is behind that the journal is forwarded to.</summary>
internal sealed class ListForwarding : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListForwarding),
        "Tells how far each target is behind that the journal is forwarded to, and why.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.JournalForwarding) { Response = typeof(Page<ForwardingResponse>) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.JournalForwarding, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, JournalForwarding forwarding, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ReadJournal, cancellationToken)).Try(out _, out Refusal? refusal))
            return Problems.From(refusal);
        // As many as the configuration names: a page holds them all.
        IReadOnlyList<ForwardingStatus> statuses = await forwarding.ListAsync(cancellationToken);
        return Responses.Ok(new Page<ForwardingResponse>([.. statuses.Select(OutboundContract.Of)], null));
    }
}
