using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.GitPasswords;

/// <summary>A short-lived password for git over HTTPS, kept without its secret: who got it, for what, and by which grant.</summary>
/// <param name="Id">Public half: the moment it expires, and 16 characters of <c>a-z 2-7</c>.</param>
/// <param name="Kind">What sort of party got it.</param>
/// <param name="Subject">Who got it.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Token">The access token that the subject proved itself with; null for another proof.</param>
/// <param name="UserName">The account name that <c>{user}</c> stands for; null for none.</param>
/// <param name="Resource">The only resource that it is for.</param>
/// <param name="Login">The only login that it is for.</param>
/// <param name="Grant">The grant that allowed it.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="SecretHash">SHA-256 of the secret, base64url.</param>
public sealed record GitPassword(
    string Id,
    CallerKind Kind,
    Subject Subject,
    ImmutableArray<GroupName> Groups,
    string? Token,
    Login? UserName,
    ResourcePath Resource,
    Login Login,
    GrantId Grant,
    DateTimeOffset Expires,
    string SecretHash)
{
    /// <summary>Whom the policy is asked about once more at each use.</summary>
    internal Caller Owner => new(Kind, Subject, Groups, Token, Expires, UserName);
}
