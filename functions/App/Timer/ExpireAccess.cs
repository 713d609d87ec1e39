using SshFunctions.Core.Revocations;

namespace SshFunctions.App.Timer;

/// <summary>Keeps the revocation list small, and makes good a change of it whose message was lost.</summary>
internal sealed class ExpireAccess : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(ExpireAccess),
        "Takes expired serials out of the revocation list, and builds and signs it.",
        "0 */10 * * * *",
        TimeSpan.FromMinutes(10));

    public async Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<RevocationRegistry>().PruneAsync(cancellationToken);
        await services.GetRequiredService<RevocationPublication>().PublishAsync(cancellationToken);
    }
}
