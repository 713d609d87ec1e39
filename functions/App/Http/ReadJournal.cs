using System.Globalization;
using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

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
            Query =
            [
                new QueryParameter("subject", "Who caused it."),
                new QueryParameter("event", "Event kind, for example certificate.issued."),
                new QueryParameter("resource", "Path it is about, or a path above that."),
                new QueryParameter("request", "Access request that it is part of; who may see the request may read its entries."),
                new QueryParameter("serial", "One entry by its serial."),
                .. Paging.Query,
            ],
        });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.Journal, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        JournalReader reader,
        Authority authority,
        AccessRequests requests,
        AccessApprovers approvers,
        CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !JournalQuery.Read(context).Try(out JournalQuery? query, out refusal)
            || !PositionOf(paging.After, "after").Try(out JournalPosition from, out refusal))
            return Problems.From(refusal);
        bool own = query.Filter.Subject == caller.Subject || await MaySeeAsync(caller, query.Filter.Request, requests, approvers, cancellationToken);
        ResourcePath about = query.Filter.About ?? ResourcePath.Root;
        if (!own && !(await authority.RequireAsync(caller, about, Right.ReadJournal, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        if (query.Serial is { } serial)
        {
            JournalEntry? entry = await reader.FindAsync(serial, cancellationToken);
            JournalEntry[] found = entry is not null && query.Filter.Fits(entry) ? [entry] : [];
            return Responses.Ok(new Page<JournalEntryResponse>([.. found.Select(JournalContract.Of)], null));
        }

        JournalPosition? start = paging.After is null ? null : from;
        JournalPage page = await reader.ReadBackAsync(query.Filter, start, paging.Limit, cancellationToken);
        string? next = page.Next?.Serial.ToString(CultureInfo.InvariantCulture);
        return Responses.Ok(new Page<JournalEntryResponse>([.. page.Entries.Select(JournalContract.Of)], next));
    }

    private static async Task<bool> MaySeeAsync(
        Caller caller, AccessRequestId? id, AccessRequests requests, AccessApprovers approvers, CancellationToken cancellationToken) =>
        id is { } which && await requests.FindAsync(which, cancellationToken) is { } request && await approvers.MaySeeAsync(caller, request, cancellationToken);

    private static Result<JournalPosition> PositionOf(string? text, string field)
    {
        if (text is null) return new JournalPosition(1, 1);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong serial)
            && JournalPosition.TryFromSerial(serial, out JournalPosition position)
            ? position
            : new Refusal.Invalid(field, $"{field} is no serial", "take it from the page before");
    }
}
