using SshFunctions.Api;
using SshFunctions.App.Hosting;
using SshFunctions.App.Http.Contract;
using SshFunctions.Core;
using SshFunctions.Core.Notifications;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.App.Http;

/// <summary>Has a notification tried again that was given up.</summary>
internal sealed class RetryNotification : IHttpFunction
{
    public FunctionDeclaration Declaration { get; } = new(
        nameof(RetryNotification),
        "Has a notification tried again that was given up.",
        FunctionAccess.Authenticated,
        new FunctionRoute("POST", Routes.RetryNotification) { Response = typeof(FailedNotificationResponse) });

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost(Routes.RetryNotification, HandleAsync).For(Declaration);

    private static async Task<IResult> HandleAsync(
        HttpContext context, string id, NotificationCenter center, Authority authority, CancellationToken cancellationToken)
    {
        if (!(await authority.RequireAsync(context.Caller(), ResourcePath.Root, Right.Operate, cancellationToken)).Try(out _, out Refusal? refusal))
            return Problems.From(refusal);
        return Answers.Of(await center.RetryAsync(id, cancellationToken), OutboundContract.Of);
    }
}
