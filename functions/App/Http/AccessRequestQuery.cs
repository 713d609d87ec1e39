using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Access;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Which access requests a list shows.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Path">On this path and below it.</param>
/// <param name="State">In this state; null for any.</param>
/// <param name="After">Starts after this one; null for the newest.</param>
/// <param name="Limit">Most of them.</param>
internal sealed record AccessRequestQuery(AccessRequestScope Scope, ResourcePath Path, AccessRequestState? State, AccessRequestId? After, int Limit)
{
    private static readonly Dictionary<string, AccessRequestScope> Scopes = new(StringComparer.Ordinal)
    {
        ["all"] = AccessRequestScope.All,
        ["mine"] = AccessRequestScope.Mine,
        ["to-decide"] = AccessRequestScope.ToDecide,
    };

    public static QueryParameter[] Parameters { get; } =
    [
        new("scope", "`mine`, `to-decide`, or `all` that the caller may know of; `all` when absent."),
        new("path", "On this path and below it."),
        new("state", "`pending`, `approved`, `active`, `denied`, `expired` or `closed`; any when absent."),
    ];

    public static Result<AccessRequestQuery> Read(HttpContext context)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !Requests.Query(context, "scope").Try(out QueryValue scope, out refusal)
            || !Requests.Query(context, "path").Try(out QueryValue path, out refusal)
            || !Requests.Query(context, "state").Try(out QueryValue state, out refusal)
            || !Fields.Choose(scope.Text ?? "all", "scope", Scopes).Try(out AccessRequestScope which, out refusal)
            || !Fields.Parse<ResourcePath>(path.Text ?? "/", "path", ResourcePath.Rule).Try(out ResourcePath place, out refusal)
            || !Fields.Choose(state.Text ?? "pending", "state", AccessRequestContract.States).Try(out AccessRequestState wanted, out refusal))
            return refusal;
        AccessRequestId? after = null;
        if (paging.After is { } text)
        {
            if (!Fields.Parse<AccessRequestId>(text, "after", "take it from the page before").Try(out AccessRequestId last, out refusal)) return refusal;
            after = last;
        }

        return new AccessRequestQuery(which, place, state.Text is null ? null : wanted, after, paging.Limit);
    }

    public bool Fits(AccessRequest request) => Path.Covers(request.Order.Path) && (State is null || request.State == State);
}
