using SshFunctions.Core.Access;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Timer;

/// <summary>Ends access requests whose time is over, gives those whose message was lost, finishes removals of grants and hosts that were stopped on the way, keeps the revocation list small, and makes good a change of it whose message was lost.</summary>
/// <remarks>No certificate and no grant outlives its end without it; what waits for it is a live session, which is ended then.</remarks>
internal sealed class ExpireAccess : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(ExpireAccess),
        "Ends access requests whose time is over, takes expired serials out of the revocation list, and builds and signs it.",
        "0 * * * * *",
        TimeSpan.FromMinutes(1));

    public async Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<AccessRequests>().RunDueAsync(cancellationToken);
        await services.GetRequiredService<AccessRevoker>().FinishRemovalsAsync(cancellationToken);
        await services.GetRequiredService<SharedHostKeys>().RevokeAbandonedAsync(null, cancellationToken);
        await services.GetRequiredService<RevocationRegistry>().PruneAsync(cancellationToken);
        await services.GetRequiredService<RevocationPublication>().PublishAsync(cancellationToken);
    }
}
