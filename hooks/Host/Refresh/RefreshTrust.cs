using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Fetches the trust bundle, and keeps the file that sshd reads as the bundle in force says.</summary>
/// <remarks>The journal key stays the one of enrollment: whoever could replace it could sign a KRL without the revocations.</remarks>
internal static class RefreshTrust
{
    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        KeepFile(agent);
        TrustBundleResponse bundle = (await agent.Client.GetAsync(Routes.TrustBundle, cancellationToken)).Read(Contract.Json.TrustBundleResponse);
        if (PinnedTrust.TryParse(bundle, out string problem) is not { } next)
            throw Refused(agent, problem);
        if (bundle.Version == agent.Trust.Bundle.Version && !IsSame(next, agent.Trust))
            throw Refused(agent, $"its version {bundle.Version} is the one in force, with other keys");
        if (bundle.Version < Math.Max(agent.Trust.Bundle.Version, agent.State.TrustVersion))
            throw Refused(agent, $"its version {bundle.Version} goes back behind {agent.Trust.Bundle.Version}");
        if (!Names(next.Journal).SetEquals(Names(agent.Trust.Journal)))
            throw Refused(agent, "its journal keys are not those pinned at enrollment; enroll the host again when they were replaced on purpose");
        if (bundle.Version > agent.Trust.Bundle.Version)
        {
            Files.Write(agent.Folders.TrustBundle, PinnedTrust.ToFile(bundle), Files.Readable);
            agent.Trust = next;
            WriteKeys(agent);
        }

        agent.Update(state => state with { TrustVersion = bundle.Version });
    }

    private static void KeepFile(HostAgent agent)
    {
        if (Files.Read(agent.Folders.UserCaKeys) == agent.Trust.UserCaText)
            return;
        WriteKeys(agent);
        agent.Raise(AlarmKind.Configuration, $"{agent.Folders.UserCaKeys} held other keys than the trust bundle in force, or was missing; it was restored");
    }

    private static void WriteKeys(HostAgent agent) => Files.Write(agent.Folders.UserCaKeys, agent.Trust.UserCaText, Files.Readable);

    private static bool IsSame(PinnedTrust one, PinnedTrust other) =>
        Names(one.UserCas).SetEquals(Names(other.UserCas)) && Names(one.HostCas).SetEquals(Names(other.HostCas)) && Names(one.Journal).SetEquals(Names(other.Journal));

    private static HashSet<string> Names(IEnumerable<Ssh.Keys.SshPublicKey> keys) => [.. keys.Select(key => key.ToText())];

    private static CommandFailedException Refused(HostAgent agent, string why) =>
        agent.Refuse(AlarmKind.TrustBundle, $"the broker's trust bundle was refused: {why}");
}
