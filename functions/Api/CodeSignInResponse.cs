namespace SshFunctions.Api;

/// <summary>Answer of SignInWithCode.</summary>
/// <param name="Token">The issuer's token, for <c>Authorization: Bearer</c>.</param>
/// <param name="Expires">UTC, exclusive.</param>
public sealed record CodeSignInResponse(string Token, DateTimeOffset Expires)
{
    /// <summary>The record without the token: a record prints its members.</summary>
    /// <returns>Its end.</returns>
    public override string ToString() => $"{nameof(CodeSignInResponse)} {{ Expires = {Expires:O} }}";
}
