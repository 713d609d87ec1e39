using SshFunctions.Api;
using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Fetches the signed list of registered keys, for the time when the broker is away.</summary>
internal static class RefreshAuthorizedKeys
{
    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        if (!agent.Settings.RegisteredKeys || agent.Settings.OfflineKeysForSeconds == 0)
            return;
        string path = Route.Of(Routes.HostAuthorizedKeys, agent.Settings.Host);
        AuthorizedKeysResponse answer = (await agent.Client.GetAsync(path, cancellationToken)).Read(Contract.Json.AuthorizedKeysResponse);
        if (SignedKeys.Verify(answer, agent.Settings, agent.Trust, out string? problem) is not { } document)
            throw Refused(agent, problem!);
        if (document.Issued < agent.State.AuthorizedKeysIssued)
            throw Refused(agent, $"it was signed {document.Issued:u}, before the one that is held");
        SignedKeys.Write(agent.Folders, answer);
        agent.Update(state => state with { AuthorizedKeysIssued = document.Issued });
    }

    private static CommandFailedException Refused(HostAgent agent, string why) =>
        agent.Refuse(AlarmKind.TrustBundle, $"the broker's list of registered keys was refused: {why}");
}
