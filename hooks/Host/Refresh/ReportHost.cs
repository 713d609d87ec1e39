using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Tells the broker what is in force here, and the alarms with it.</summary>
internal static class ReportHost
{
    private const string UnknownVersion = "unknown";
    private static readonly string SshfnVersion = typeof(ReportHost).Assembly.GetName().Version!.ToString(3);

    internal static async Task RunAsync(HostAgent agent, IReadOnlyList<HostAlarm> alarms, CancellationToken cancellationToken)
    {
        ReportHostRequest report = new(
            agent.Trust.Bundle.Version, agent.State.RevocationListVersion, OpenSshVersion.Of(agent.Settings.Sshd)?.ToString() ?? UnknownVersion, SshfnVersion, alarms);
        await agent.Client.PostAsync(Route.Of(Routes.HostReport, agent.Settings.Host), report, Contract.Json.ReportHostRequest, cancellationToken);
        agent.Update(state => state with { Reported = Clock.Now });
    }
}
