namespace SshFunctions.Api;

/// <summary>Answer of MintGitPassword: the only time that the password is shown.</summary>
/// <param name="UserName">The login; what git sends as user name.</param>
/// <param name="Password">What git sends as password.</param>
/// <param name="Expires">UTC, exclusive; at most 10 minutes away.</param>
/// <param name="Resource">Path of the resource it is for.</param>
/// <param name="Grant">The grant that allowed it.</param>
public sealed record GitPasswordResponse(string UserName, string Password, DateTimeOffset Expires, string Resource, string Grant)
{
    /// <summary>The record without the password: a record prints its members.</summary>
    /// <returns>The resource and the end.</returns>
    public override string ToString() => $"{nameof(GitPasswordResponse)} {{ Resource = {Resource}, Expires = {Expires:u} }}";
}
