using SshFunctions.App.Hosting;
using SshFunctions.Core.Journal;
using SshFunctions.Core.Journal.Checkpoints;

namespace SshFunctions.App.Timer;

/// <summary>Ends the journal segments of instances that died, signs a checkpoint over all of them, and removes what was kept long enough.</summary>
internal sealed class SealJournal : ITimerFunction
{
    public TimerFunctionDeclaration Declaration { get; } = new(
        nameof(SealJournal),
        "Closes journal segments that a dead instance left open, signs a checkpoint over all, and removes segments that are kept no longer.",
        "30 */5 * * * *",
        TimeSpan.FromMinutes(5));

    public async Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<JournalMaintenance>().CloseAbandonedAsync(cancellationToken);
        JournalWatch watch = services.GetRequiredService<JournalWatch>();
        Checkpoint? added = null;
        bool finished = false;
        try
        {
            added = await services.GetRequiredService<JournalSealer>().SealAsync(cancellationToken);
            finished = true;
        }
        finally
        {
            watch.Tell(finished, added);
        }

        JournalRetention retention = services.GetRequiredService<JournalRetention>();
        if (await retention.RemoveAsync(cancellationToken) > 0) watch.TellRemoved(await retention.FindRemovedAsync(cancellationToken));
        if (await retention.FindNextAsync(cancellationToken) is { } next) watch.TellDue(next);
    }
}
