using System.Globalization;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Proves that an entry is in the journal.</summary>
internal sealed class ProveJournalEntry : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ProveJournalEntry),
        "Proves that an entry is in the journal. The proof holds the entries behind it too, so it needs role auditor on /.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.JournalProof) { Response = typeof(JournalProofResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.JournalProof, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string serial, JournalProver prover, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ReadJournal, cancellationToken)).Try(out _, out Refusal? refusal))
            return Problems.From(refusal);
        if (!ulong.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            || !JournalPosition.TryFromSerial(number, out JournalPosition position))
            return Problems.From(new Refusal.Invalid("serial", "no entry can have that serial", "take it from sshd's log or from a certificate"));
        return Answers.Of(await prover.ProveAsync(position, cancellationToken), proof => CheckpointContract.Of(proof, number));
    }
}
