using SshFunctions.Core.Journal;

namespace SshFunctions.App.Timer;

/// <summary>Ends the journal segments of instances that died, so that nothing can be added to them any more.</summary>
internal sealed class SealJournal : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(SealJournal),
        "Closes journal segments that a dead instance left open.",
        "30 */5 * * * *",
        TimeSpan.FromMinutes(5));

    public Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<JournalMaintenance>().CloseAbandonedAsync(cancellationToken);
}
