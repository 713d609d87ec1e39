using System.Collections.Immutable;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Passcodes;

/// <summary>A passcode as it is kept, without itself: who got it, for what, by which grant, and what became of it.</summary>
/// <param name="Serial">Of the journal entry that recorded it.</param>
/// <param name="Kind">What sort of party got it.</param>
/// <param name="Subject">Who got it.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Token">The access token that the subject proved itself with; null for another proof.</param>
/// <param name="UserName">The account name that <c>{user}</c> stands for; null for none.</param>
/// <param name="Resource">The only resource that it is for.</param>
/// <param name="Login">The only login that it is for.</param>
/// <param name="Instance">The only numbered instance that it is for; null for any.</param>
/// <param name="Source">The only address that the client may connect from; null for any that the grant allows.</param>
/// <param name="Grant">The grant that allowed it.</param>
/// <param name="Expires">UTC, exclusive.</param>
public sealed record Passcode(
    ulong Serial,
    CallerKind Kind,
    Subject Subject,
    ImmutableArray<GroupName> Groups,
    string? Token,
    Login? UserName,
    ResourcePath Resource,
    Login Login,
    int? Instance,
    string? Source,
    GrantId Grant,
    DateTimeOffset Expires)
{
    /// <summary>The host that it opened; null while it has opened none.</summary>
    public HostId? RedeemedBy { get; init; }

    /// <summary>Whether it was revoked before it opened anything.</summary>
    public bool Revoked { get; init; }

    /// <summary>Whom the policy is asked about once more when it is used.</summary>
    internal Caller Owner => new(Kind, Subject, Groups, Token, Expires, UserName);

    /// <summary>Whether it could still open something.</summary>
    internal bool IsLive(DateTimeOffset now) => now < Expires && RedeemedBy is null && !Revoked;
}
