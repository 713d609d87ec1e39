using System.Collections.Immutable;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Callers;

/// <summary>A credential of identifier and secret, kept without the secret.</summary>
/// <param name="Id">Public half: 16 characters of <c>a-z 2-7</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind">What sort of party it speaks for.</param>
/// <param name="Subject">Whom it speaks for.</param>
/// <param name="Groups">Groups of the subject.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive.</param>
/// <param name="SecretHash">SHA-256 of the secret, base64url.</param>
/// <param name="Parent">The token of the same subject that it was made with: it is worth nothing once that is removed. Null for none.</param>
/// <param name="SourceAddresses">Where a request with it must come from; null for anywhere.</param>
/// <param name="UserName">The account name that <c>{user}</c> stands for; null for none.</param>
/// <param name="SshKey">Fingerprint of the registered key that it was got with: it is worth nothing once that key is. Null for none.</param>
/// <param name="Rotated">UTC; when another took its place. Null while none did.</param>
/// <param name="Successor">Which took its place; kept for a host's alone.</param>
/// <param name="Unused">Whether it took the place of a host's and nobody has shown it yet: the answer with its secret may be lost.</param>
public sealed record AccessToken(
    string Id,
    string Name,
    CallerKind Kind,
    Subject Subject,
    ImmutableArray<GroupName> Groups,
    DateTimeOffset Created,
    DateTimeOffset Expires,
    string SecretHash,
    string? Parent = null,
    ImmutableArray<SourceRange>? SourceAddresses = null,
    Login? UserName = null,
    string? SshKey = null,
    DateTimeOffset? Rotated = null,
    string? Successor = null,
    bool Unused = false);
