using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Keys;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Lists the registered keys of the caller, or of a group of it.</summary>
internal sealed class ListKeys : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListKeys),
        "Lists the registered keys of the caller, or of the owner that `owner` names.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Keys)
        {
            Response = typeof(Page<RegisteredKeyResponse>),
            Query = [new QueryParameter("owner", "Subject, or a group of the caller."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Keys, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, KeyRegistry keys, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "owner").Try(out QueryValue owner, out refusal)
            || !(await KeyOwner.RequireAsync(context.Caller(), owner.Text, authority, cancellationToken)).Try(out Holder whose, out refusal)
            || !paging.AfterName().Try(out _, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(keys.ListAsync(whose, paging.After, cancellationToken), paging.Limit, KeyContract.Of, key => key.Id);
    }
}
