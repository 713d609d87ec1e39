using System.Collections.Immutable;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Callers;

/// <summary>What an access token shall be.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What sort of party it speaks for.</param>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Expires">UTC, exclusive; in the future, at most <see cref="AccessTokenRegistry.MaximumLife"/> away.</param>
/// <param name="SourceAddresses">Where a request with it must come from; null for anywhere.</param>
/// <param name="UserName">The account name that <c>{user}</c> stands for; null for none.</param>
/// <param name="SshKey">Fingerprint of the registered key that it is got with; null for none.</param>
public sealed record AccessTokenOrder(
    string Name,
    CallerKind Kind,
    Subject Subject,
    ImmutableArray<GroupName> Groups,
    DateTimeOffset Expires,
    ImmutableArray<SourceRange>? SourceAddresses = null,
    Login? UserName = null,
    string? SshKey = null)
{
    /// <summary>What a token was made to be.</summary>
    /// <param name="token">The token.</param>
    /// <returns>The order of another one like it.</returns>
    public static AccessTokenOrder Like(AccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new AccessTokenOrder(
            token.Name, token.Kind, token.Subject, token.Groups, token.Expires, token.SourceAddresses, token.UserName, token.SshKey);
    }
}
