using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists access tokens: the caller's, or everybody's for an admin.</summary>
internal sealed class ListAccessTokens : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListAccessTokens),
        "Lists the caller's access tokens; for an admin, everybody's.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Tokens) { Response = typeof(Page<AccessTokenResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Tokens, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, AccessTokenRegistry tokens, Authority authority, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal) || !paging.AfterName().Try(out _, out refusal))
            return Problems.From(refusal);
        bool admin = await authority.FindRoleAsync(caller, ResourcePath.Root, cancellationToken) == Role.Admin;
        return await Answers.PageAsync(
            tokens.ListAsync(admin ? null : caller.Subject, paging.After, cancellationToken), paging.Limit, TokenContract.Of, token => token.Id);
    }
}
