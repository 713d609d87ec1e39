using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the enrolled hosts of a path and of what lies below it.</summary>
internal sealed class ListHosts : IHttpFunction
{
    // Any host: a cursor that is not given is not used.
    private const string NoCursor = "aaaaaaaaaaaaaaaa";

    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListHosts),
        "Lists the enrolled hosts of a path and of what lies below it, by identifier.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Hosts)
        {
            Response = typeof(Page<HostResponse>),
            Query = [new QueryParameter("path", "Where; everything when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Hosts, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, HostRegistry hosts, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "path").Try(out QueryValue text, out refusal)
            || !Fields.Parse<ResourcePath>(text.Text ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal)
            || !Fields.Parse<HostId>(paging.After ?? NoCursor, "after", "take it from the page before").Try(out HostId after, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            hosts.ListAsync(path, paging.After is null ? null : after, cancellationToken), paging.Limit, HostContract.Of, host => host.Id.Text);
    }
}
