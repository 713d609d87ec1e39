namespace SshFunctions.Api;

/// <summary>Body of CheckGitPassword.</summary>
/// <param name="Resource">Path of the resource that the git server is.</param>
/// <param name="UserName">What git sent.</param>
/// <param name="Password">What git sent.</param>
/// <param name="ClientAddress">Where git connects from; without it a grant with source addresses allows nothing.</param>
public sealed record CheckGitPasswordRequest(string Resource, string UserName, string Password, string? ClientAddress = null)
{
    /// <summary>The record without the password: a record prints its members.</summary>
    /// <returns>The resource and the user name.</returns>
    public override string ToString() => $"{nameof(CheckGitPasswordRequest)} {{ Resource = {Resource}, UserName = {UserName} }}";
}
