using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the grants on a path and below it.</summary>
internal sealed class ListGrants : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListGrants),
        "Lists the grants on a path and below it, by identifier.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Grants)
        {
            Response = typeof(Page<GrantResponse>),
            Query = [new QueryParameter("path", "Where; everything when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Grants, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, GrantRegistry grants, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "path").Try(out QueryValue text, out refusal)
            || !Fields.Parse<ResourcePath>(text.Text ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        if (!Fields.Parse<GrantId>(paging.After ?? "none", "after", "take it from the page before").Try(out GrantId after, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            grants.ListBelowAsync(path, paging.After is null ? null : after, cancellationToken),
            paging.Limit,
            GrantContract.Of,
            grant => grant.Id.Text);
    }
}
