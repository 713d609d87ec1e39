using System.Buffers.Text;
using System.Text.Json;
using SshFunctions.Hooks.Broker;
using SshFunctions.Hooks.Outside;

namespace SshFunctions.Hooks.SignIn;

/// <summary>Turns a token endpoint's answer into credentials.</summary>
internal static class TokenGrant
{
    /// <summary>The credentials for the broker; a provider that sends no new refresh token lets the old one live on.</summary>
    internal static Credentials ToCredentials(TokenAnswer answer, Uri broker, OpenIdSession session)
    {
        bool isIdToken = session.ClientToken != "access_token";
        string token = (isIdToken ? answer.IdToken : answer.AccessToken)
            ?? throw new CommandFailedException(ExitCode.NotSignedIn, $"{session.Issuer} gave no {session.ClientToken}", "sshfn login");
        DateTimeOffset? end = EndOf(token) ?? (!isIdToken && answer.ExpiresIn is { } seconds ? Clock.Now.AddSeconds(seconds) : null);
        return new Credentials(broker, AccessTokenText.Parse(token), end, session.With(answer.RefreshToken ?? session.RefreshToken));
    }

    /// <summary>The end that a JSON web token names of itself; null for other tokens. Whether it is genuine is the broker's question.</summary>
    private static DateTimeOffset? EndOf(string token)
    {
        if (token.Split('.') is not [_, var payload, _])
            return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(payload), OpenIdJson.Default.TokenEnd)?.Exp is { } end
                ? DateTimeOffset.FromUnixTimeSeconds((long)end)
                : null;
        }
        catch (Exception error) when (error is FormatException or JsonException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
