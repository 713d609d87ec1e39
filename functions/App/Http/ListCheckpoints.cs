using System.Globalization;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the checkpoints of the journal.</summary>
internal sealed class ListCheckpoints : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListCheckpoints),
        "Lists the checkpoints of the journal, by number. Needs role auditor on some path: hosts and strangers learn nothing.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Checkpoints)
        {
            Response = typeof(Page<CheckpointResponse>),
            Query = [new QueryParameter("path", "Where one is auditor; / when absent."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Checkpoints, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, CheckpointReader checkpoints, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "path").Try(out QueryValue text, out refusal)
            || !Fields.Parse<ResourcePath>(text.Text ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath path, out refusal)
            || !(await authority.RequireAsync(context.Caller(), path, Right.ReadJournal, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        if (!long.TryParse(paging.After ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out long after))
            return Problems.From(new Refusal.Invalid("after", "after is no checkpoint", "take it from the page before"));
        return await Answers.PageAsync(
            checkpoints.ListAsync(after, cancellationToken),
            paging.Limit,
            CheckpointContract.Of,
            checkpoint => checkpoint.Number.ToString(CultureInfo.InvariantCulture));
    }
}
