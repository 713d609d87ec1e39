using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Host.Sessions;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Asks whether the registered keys that opened live sessions may still enter.</summary>
/// <remarks>A KRL names keys that were revoked; a grant that was taken away or ended, or SSH switched off, only the broker knows.</remarks>
internal sealed class KeyQuestions(HostAgent agent)
{
    private static readonly HashSet<string> Nobody = [];

    /// <summary>Asks once about each key and login.</summary>
    internal async Task<KeyAnswers> AskAsync(CancellationToken cancellationToken)
    {
        List<(LiveSession Session, string? Reason)> refused = [];
        bool isComplete = true;
        foreach (var group in SessionFiles.AllBut(agent.Folders, Nobody)
            .Where(session => session is { Method: LiveSession.ByKey, EndReason: null }).GroupBy(session => (session.Login, session.Key)))
        {
            if (!SshPublicKey.TryParse(group.Key.Key, out SshPublicKey? key, out _))
                continue;
            try
            {
                await agent.Client.PostAsync(
                    Routes.AuthorizeKey, new AuthorizeKeyRequest(group.Key.Login, key.ToText()), Contract.Json.AuthorizeKeyRequest, cancellationToken);
            }
            catch (CommandFailedException failure) when (failure.ExitCode is ExitCode.Failed or ExitCode.NotFound)
            {
                refused.AddRange(group.Select(session => (session, (string?)$"the key {key.Fingerprint} may not enter any more")));
            }
            catch (CommandFailedException failure)
            {
                // Anything else says something about the broker or this host, and nothing about the key.
                isComplete = false;
                if (failure.ExitCode == ExitCode.Unavailable)
                    break;
            }
        }

        return new KeyAnswers(refused, isComplete);
    }
}
