namespace SshFunctions.App.Hosting.OpenId;

/// <summary>What an issuer gave for a code. Never a record, which would print itself.</summary>
/// <param name="idToken">A JSON web token for the client; null for none.</param>
/// <param name="accessToken">Null for none.</param>
internal sealed class CodeTokens(string? idToken, string? accessToken)
{
    public string? IdToken { get; } = idToken;

    public string? AccessToken { get; } = accessToken;
}
