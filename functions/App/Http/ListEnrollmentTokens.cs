using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Lists the enrollment tokens of every resource that the caller may edit.</summary>
internal sealed class ListEnrollmentTokens : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListEnrollmentTokens),
        "Lists the enrollment tokens of every resource that the caller may edit, by identifier; used and expired ones for a month.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.EnrollmentTokens) { Response = typeof(Page<EnrollmentTokenResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.EnrollmentTokens, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, EnrollmentTokenRegistry tokens, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal) || !paging.AfterName().Try(out _, out refusal))
            return Problems.From(refusal);
        CallerRoles roles = authority.RolesOf(context.Caller());
        IAsyncEnumerable<EnrollmentToken> editable = tokens.ListAsync(paging.After, cancellationToken)
            .Where(async (EnrollmentToken token, CancellationToken cancel) =>
                await roles.FindAsync(token.Resource, cancel) >= Authority.RoleFor(Right.EditTree));
        return await Answers.PageAsync(editable, paging.Limit, HostContract.Of, token => token.Id);
    }
}
