using SshFunctions.Api;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.Host.Refresh;

/// <summary>Puts a new token in the place of the host's own in its last third; the old one stays good for an hour.</summary>
internal static class RotateToken
{
    private const int OverlapSeconds = 3600;

    internal static async Task RunAsync(HostAgent agent, CancellationToken cancellationToken)
    {
        if (!LastThird.Holds(agent.State.TokenCreated, agent.State.TokenExpires, Clock.Now))
            return;
        string id = HostFiles.ReadToken(agent.Folders).Split('.')[0];
        CreatedAccessTokenResponse answer = (await agent.Client.PostAsync(
            Route.Of(Routes.RotateToken, id), new RotateAccessTokenRequest(OverlapSeconds), Contract.Json.RotateAccessTokenRequest, cancellationToken))
            .Read(Contract.Json.CreatedAccessTokenResponse);
        // The file may hold the token of another broker by now.
        if (agent.IsOver)
            return;
        HostFiles.WriteToken(agent.Folders, AccessTokenText.Parse(answer.Token));
        agent.Update(state => state with { TokenCreated = answer.AccessToken.Created, TokenExpires = answer.AccessToken.Expires });
        agent.Reconnect();
    }
}
