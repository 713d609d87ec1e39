using System.Globalization;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Shows that one checkpoint continues another.</summary>
internal sealed class ProveCheckpoint : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ProveCheckpoint),
        "Shows that the closed segments of one checkpoint are the first ones of a later one. Needs role auditor on /.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.CheckpointConsistency)
        {
            Response = typeof(CheckpointConsistencyResponse),
            Query = [new QueryParameter("from", "The earlier checkpoint."), new QueryParameter("to", "The later one; the last when absent.")],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.CheckpointConsistency, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, CheckpointReader checkpoints, JournalProver prover, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ReadJournal, cancellationToken)).Try(out _, out Refusal? refusal)
            || !(await FindAsync(context, "from", checkpoints, cancellationToken)).Try(out Checkpoint? older, out refusal)
            || !(await FindAsync(context, "to", checkpoints, cancellationToken)).Try(out Checkpoint? newer, out refusal))
            return Problems.From(refusal);
        if (older.Number > newer.Number || older.Frozen == 0)
            return Problems.From(new Refusal.Invalid("from", $"checkpoint {older.Number} is later than {newer.Number}, or covers no closed segment", "name an earlier one with a closed segment"));
        IReadOnlyList<string> path = await prover.ProvePrefixAsync(older, newer, cancellationToken);
        return Responses.Ok(new CheckpointConsistencyResponse(CheckpointContract.Of(older), CheckpointContract.Of(newer), path));
    }

    private static async Task<Result<Checkpoint>> FindAsync(
        HttpContext context, string name, CheckpointReader checkpoints, CancellationToken cancellationToken)
    {
        if (!Requests.Query(context, name).Try(out QueryValue value, out Refusal? refusal)) return refusal;
        if (value.Text is null && name == "from") return new Refusal.Invalid(name, "from is missing", "name a checkpoint by its number");
        Checkpoint? found = value.Text is null
            ? await checkpoints.FindLastAsync(cancellationToken)
            : long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? await checkpoints.FindAsync(number, cancellationToken) : null;
        return found is null ? new Refusal.NotFound($"there is no checkpoint {value.Text ?? "yet"}", "list them: sshfn audit checkpoints") : found;
    }
}
