using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Lets the agent of a host end before its files go: one that is in the middle of something would write them anew.</summary>
internal static class AgentEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the settings away, which the agent goes by, and waits until it has ended; not for ever.</summary>
    internal static async Task WaitAsync(HostFolders folders, CancellationToken cancellationToken)
    {
        Files.Delete(folders.Settings);
        if (!Files.Exists(folders.Lock))
            return;
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            using FileLock? only = FileLock.TryTake(folders.Lock);
            if (only is not null)
                return;
            await Task.Delay(Step, TimeProvider.System, cancellationToken);
        }
    }
}
