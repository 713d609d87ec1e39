using SshFunctions.Hooks.Broker;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Ends a session at its provider. Source: RFC 7009.</summary>
internal static class SessionEnd
{
    /// <summary>Revokes the refresh token; what happened, in words, null when there is nothing to revoke.</summary>
    internal static async Task<string?> TryAsync(OpenIdSession? session, CancellationToken cancellationToken)
    {
        if (session is not { RefreshToken: { } token })
            return null;
        if (session.RevocationEndpoint is null)
            return $"{session.Issuer} lets nobody revoke: its sign-in ends by itself";
        try
        {
            Uri address = OpenIdHttp.Address(session.RevocationEndpoint, "revocation endpoint");
            KeyValuePair<string, string>[] form = [new("token", token), new("token_type_hint", "refresh_token"), new("client_id", session.ClientId)];
            (int status, _) = await OpenIdHttp.PostAsync(address, form, OpenIdJson.Default.TokenAnswer, cancellationToken);
            return status == 200 ? $"the sign-in at {session.Issuer} was ended too" : $"the sign-in at {session.Issuer} could not be ended: it answered {status}";
        }
        catch (CommandFailedException failure)
        {
            return $"the sign-in at {session.Issuer} could not be ended: {failure.Message}";
        }
    }
}
