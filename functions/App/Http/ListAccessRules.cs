using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the rules of access requests.</summary>
internal sealed class ListAccessRules : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListAccessRules),
        "Lists the rules of access requests on a path and below it, by path.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessRules)
        {
            Response = typeof(Page<AccessRuleResponse>),
            Query = [new QueryParameter("path", "Where; everything when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessRules, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessRuleRegistry rules, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !AccessRulePlace.Read(context).Try(out ResourcePath path, out refusal)
            || !Fields.Parse<ResourcePath>(paging.After ?? "/", "after", "take it from the page before").Try(out ResourcePath after, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.Read, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        IAsyncEnumerable<AccessRule> found = rules.ListAsync(paging.After is null ? null : after, cancellationToken).Where(rule => path.Covers(rule.Path));
        return await Answers.PageAsync(found, paging.Limit, AccessRuleContract.Of, rule => rule.Path.Text);
    }
}
