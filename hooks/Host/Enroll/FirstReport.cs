using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Refresh;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Enroll;

/// <summary>Tells the broker at once what this host takes, such as passcodes; the agent says it again.</summary>
internal static class FirstReport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends it; a host whose report does not arrive is enrolled all the same.</summary>
    internal static async Task SendAsync(Uri broker, HostFolders folders, HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            if (HostFiles.ReadState(folders) is not { } state)
                return;
            using BrokerClient client = new(broker, HostFiles.ReadToken(folders), Patience, settings.CaFile);
            ReportHostRequest report = ReportHost.Make(settings, state, PinnedTrust.Read(folders).Bundle.Version, []);
            await client.PostAsync(Route.Of(Routes.HostReport, settings.Host), report, Contract.Json.ReportHostRequest, cancellationToken);
            // Not while an agent runs, which goes on with the state that it knows.
            using FileLock? only = FileLock.TryTake(folders.Lock);
            if (only is not null)
                HostFiles.WriteState(folders, state with { Reported = Clock.Now });
        }
        catch (Exception error) when (error is CommandFailedException or OperationCanceledException)
        {
            Terminal.Note($"the broker has no report of this host yet ({error.Message}): sshfn host refresh sends one");
        }
    }
}
