using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Policy;

namespace SshFunctions.App.Http;

/// <summary>Tells who entered what, when, and by whose approval.</summary>
internal sealed class ListAccessDeeds : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListAccessDeeds),
        "Tells who entered what, when, and by whose approval, newest first. One's own deeds anybody may read; others need role auditor on the path asked for.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.AccessDeeds) { Response = typeof(Page<AccessDeedResponse>), Query = [.. JournalQuery.Parameters, .. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.AccessDeeds, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context,
        AccessDeeds deeds,
        Authority authority,
        AccessRequests requests,
        AccessApprovers approvers,
        CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !JournalQuery.Read(context).Try(out JournalQuery? query, out refusal)
            || !JournalQuery.CursorOf(paging).Try(out JournalQuery.CursorValue? from, out refusal)
            || !(await query.AllowAsync(context.Caller(), authority, requests, approvers, cancellationToken)).Try(out _, out refusal))
            return Problems.From(refusal);
        Subject? who = query.Filter.Subject;
        AccessDeedPage page = await deeds.ReadBackAsync(query.Filter, who, from.Cursor, paging.Limit, cancellationToken);
        return Responses.Ok(new Page<AccessDeedResponse>([.. page.Deeds.Select(Of)], page.Next?.ToString()));
    }

    private static AccessDeedResponse Of(AccessDeed deed) => new(
        deed.Entry.Position.Serial,
        deed.Entry.Time,
        deed.Entry.Event.Kind,
        deed.Subject?.Text,
        deed.Entry.Event.About?.Text,
        deed.Login,
        deed.Source,
        deed.Credential,
        deed.Grant,
        deed.Approvals.IsEmpty ? null : string.Join(", ", deed.Approvals.Select(TextOf).Distinct()),
        deed.Approvals.LastOrDefault()?.Time,
        [.. deed.Approvals.Where(IsByPerson).Select(entry => entry.Caller.Subject.Text).Distinct()]);

    private static bool IsByPerson(JournalEntry entry) => entry.Event is JournalEvent.AccessRequestApproved or JournalEvent.GrantPut;

    private static string TextOf(JournalEntry entry) => entry.Event switch
    {
        JournalEvent.AccessRequestGlassBroken broken => $"nobody: glass broken under the rule of {broken.Rule.Text}",
        JournalEvent.AccessRequestAutoApproved approved => $"rule of {approved.Rule.Text}",
        _ => entry.Caller.Subject.Text,
    };
}
