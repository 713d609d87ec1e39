namespace SshFunctions.Api;

/// <summary>Answer of CreateAccessToken, RotateAccessToken and SignInWithSshKey: the only time that the secret is shown.</summary>
/// <param name="AccessToken">What was created.</param>
/// <param name="Token"><c>id.secret</c>, for <c>Authorization: Bearer</c>.</param>
public sealed record CreatedAccessTokenResponse(AccessTokenResponse AccessToken, string Token)
{
    /// <summary>The record without the secret: a record prints its members.</summary>
    /// <returns>The identifier of the token.</returns>
    public override string ToString() => $"{nameof(CreatedAccessTokenResponse)} {{ Id = {AccessToken.Id} }}";
}
