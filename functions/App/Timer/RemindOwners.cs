using SshFunctions.Core.Rotation;

namespace SshFunctions.App.Timer;

/// <summary>Tells the journal of registered keys and access tokens that are about to expire; who is told, follows the journal.</summary>
internal sealed class RemindOwners : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(RemindOwners),
        "Tells once 14 days, 3 days and 1 day ahead that a registered key or an access token expires.",
        "45 7 * * * *",
        TimeSpan.FromHours(1));

    public Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<OwnerReminders>().RemindAsync(cancellationToken);
}
