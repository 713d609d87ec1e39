using System.Collections.Immutable;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Callers;

/// <summary>Who sent a request, however it was proved.</summary>
/// <param name="Kind">What sort of party.</param>
/// <param name="Subject">The stable identity.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="TokenId">The access token that proved it; null when another proof did.</param>
/// <param name="Expires">When the proof ends, UTC, exclusive; null when it does not. No certificate it buys lives longer.</param>
/// <param name="UserName">The account name that the identity's mapping gives it, which <c>{user}</c> stands for; null for none.</param>
/// <param name="Issuer">Name of the OpenID issuer whose token proved it; null when another proof did.</param>
/// <param name="IsBound">Whether the proof counts from some addresses only, so that it must not buy one that counts from anywhere.</param>
public sealed record Caller(
    CallerKind Kind,
    Subject Subject,
    ImmutableArray<GroupName> Groups,
    string? TokenId = null,
    DateTimeOffset? Expires = null,
    Login? UserName = null,
    string? Issuer = null,
    bool IsBound = false)
{
    /// <summary>The broker itself.</summary>
    public static Caller System { get; } = new(CallerKind.System, Subject.Parse("system"), []);
}
