using System.Threading.RateLimiting;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Reads the journal, newest first.</summary>
internal sealed class ReadJournal : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ReadJournal),
        "Reads the journal, newest first. One's own entries anybody may read; others need role auditor on the path asked for.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.Journal)
        {
            Response = typeof(Page<JournalEntryResponse>),
            Query = [.. JournalQuery.Parameters, new QueryParameter("serial", "One entry by its serial."), .. Paging.Query],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Journal, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        JournalReader reader,
        Authority authority,
        AccessRequests requests,
        AccessApprovers approvers,
        JournalSearches searches,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !JournalQuery.Read(context).Try(out JournalQuery? query, out refusal)
            || !JournalQuery.CursorOf(paging).Try(out JournalQuery.CursorValue? from, out refusal)
            || !(await query.AllowAsync(context.Caller(), authority, requests, approvers, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        if (query.Serial is { } serial)
        {
            JournalEntry? entry = await reader.FindAsync(serial, cancellationToken);
            JournalEntry[] found = entry is not null && query.Filter.Fits(entry) ? [entry] : [];
            return Responses.Ok(new Page<JournalEntryResponse>([.. found.Select(JournalContract.Of)], null));
        }

        if (!(await searches.EnterAsync(context.Caller(), cancellationToken)).Try(out RateLimitLease? turn, out refusal))
            return Problems.From(refusal);
        using RateLimitLease held = turn;
        JournalPage page = await reader.ReadBackAsync(query.Filter, from.Cursor, paging.Limit, cancellationToken);
        return Responses.Ok(new Page<JournalEntryResponse>([.. page.Entries.Select(JournalContract.Of)], page.Next?.ToString()));
    }
}
