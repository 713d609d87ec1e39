using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Http;

/// <summary>Lists the revocations in force.</summary>
internal sealed class ListRevocations : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListRevocations),
        "Lists the revocations in force, and tells what keeps the list of them from being published.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Revocations) { Response = typeof(RevocationPage), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Revocations, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        RevocationRegistry revocations,
        RevocationPublication publication,
        Authority authority,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.Read, cancellationToken)).Try(out _, out refusal)
            || !paging.AfterRevocation().Try(out _, out refusal))
            return Problems.From(refusal);
        Page<RevocationResponse> page = await Answers.ReadPageAsync(
            revocations.ListAsync(paging.After, cancellationToken), paging.Limit, RevocationContract.Of, revocation => revocation.Id);
        PublicationFailure? failure = await publication.FindFailureAsync(cancellationToken);
        return Responses.Ok(new RevocationPage(page.Items, page.Next, RevocationContract.Of(failure)));
    }
}
