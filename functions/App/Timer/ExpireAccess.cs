using System.Runtime.ExceptionServices;
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
        "Ends access requests whose time is over, finishes removals of grants and hosts, takes expired serials out of the revocation list, and builds and signs it.",
        "0 * * * * *",
        TimeSpan.FromMinutes(1));

    public async Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        Func<Task>[] steps =
        [
            () => services.GetRequiredService<AccessRequests>().RunDueAsync(cancellationToken),
            () => services.GetRequiredService<AccessRevoker>().FinishRemovalsAsync(cancellationToken),
            () => services.GetRequiredService<SharedHostKeys>().RevokeAbandonedAsync(null, cancellationToken),
            () => services.GetRequiredService<RevocationRegistry>().PruneAsync(cancellationToken),
            () => services.GetRequiredService<RevocationPublication>().PublishAsync(cancellationToken),
        ];
        ExceptionDispatchInfo? failure = null;
        foreach (Func<Task> step in steps)
        {
            try
            {
                await step();
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // A list that is not published must not wait for a document that can't be read.
                failure ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        failure?.Throw();
    }
}
