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
        ReportHostRequest report = Make(agent.Settings, agent.State, agent.Trust.Bundle.Version, alarms);
        await agent.Client.PostAsync(Route.Of(Routes.HostReport, agent.Settings.Host), report, Contract.Json.ReportHostRequest, cancellationToken);
        agent.Update(state => state with { Reported = Clock.Now });
    }

    /// <summary>What is in force here, as the broker is told.</summary>
    internal static ReportHostRequest Make(HostSettings settings, AgentState state, long trustVersion, IReadOnlyList<HostAlarm> alarms) => new(
        trustVersion, state.RevocationListVersion, OpenSshVersion.Of(settings.Sshd)?.ToString() ?? UnknownVersion, SshfnVersion, alarms, settings.Passcodes, settings.PasscodePort);
}
