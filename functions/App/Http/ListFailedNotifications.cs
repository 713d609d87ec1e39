using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Lists the notifications that were given up.</summary>
internal sealed class ListFailedNotifications : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(ListFailedNotifications),
        "Lists the notifications that could not be delivered and are tried no more.",
        FunctionAccess.Authenticated,
        new FunctionRoute("GET", Routes.FailedNotifications) { Response = typeof(Page<FailedNotificationResponse>), Query = [.. Paging.Query] });

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(Routes.FailedNotifications, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, NotificationCenter center, Authority authority, CancellationToken cancellationToken)
    {
        if (!Paging.Read(context).Try(out Paging? paging, out Refusal? refusal)
            || !(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.ReadJournal, cancellationToken)).Try(out _, out refusal)
            || !paging.AfterName().Try(out _, out refusal))
            return Problems.From(refusal);
        return await Answers.PageAsync(
            center.ListGivenUpAsync(paging.After, cancellationToken), paging.Limit, OutboundContract.Of, failed => failed.Id);
    }
}
