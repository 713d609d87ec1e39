using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Tells who can reach what now.</summary>
internal sealed class ListAccessHolders : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListAccessHolders),
        "Tells who can reach the resources of a path now, by which grants and keys, by the rules that decide a mint.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessHolders)
        {
            Response = typeof(Page<ReachableResourceResponse>),
            Query = [new QueryParameter("path", "A resource, or a path above; everything when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessHolders, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessReach reach, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !paging.AfterPath(3).Try(out PathCursor? after, out refusal)
            || !Requests.Query(context, "path").Try(out QueryValue text, out refusal)
            || !Fields.Parse<ResourcePath>(text.Text ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            reach.ListAsync(path, after.Path, cancellationToken), paging.Limit, Of, reachable => reachable.Resource.Path.Text);
    }

    private static ReachableResourceResponse Of(ReachableResource reachable) => new(
        reachable.Resource.Path.Text, reachable.Protected, reachable.SwitchedOff?.Text, [.. reachable.Holders.Select(Of)]);

    private static AccessHolderResponse Of(AccessHolder holder) => new(
        holder.Grant.Holder.Subject?.Text,
        holder.Grant.Holder.Group?.Text,
        holder.Grant.Id.Text,
        holder.Grant.Path.Text,
        GrantContract.Of(holder.Grant).Role,
        holder.Logins,
        holder.Reason,
        holder.Grant.NotAfter,
        [.. holder.Keys.Select(key => key.Fingerprint)]);
}
