using System.Text.Json.Serialization;
using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Policy;

namespace SshFunctions.Core.Keys;

/// <summary>A public key that belongs to somebody.</summary>
/// <param name="Id">SHA-256 of the key, base64url: its fingerprint in letters that fit a URL.</param>
/// <param name="Owner">The subject or group it belongs to.</param>
/// <param name="Name">What the owner calls it.</param>
/// <param name="PublicKey">OpenSSH text form without comment.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="Created">UTC.</param>
/// <param name="Expires">UTC, exclusive; null for never.</param>
/// <param name="SignsIn">Whether its owner may sign in with it: what a service, or a token bound to addresses, registers must not shed that limit.</param>
/// <param name="RegisteredBy">Who registered it; null in documents of before this was kept.</param>
/// <param name="Request">The access request that it came with: it enters by that one's grant alone. Null for a key that its owner registered.</param>
public sealed record RegisteredKey(
    string Id,
    Holder Owner,
    string Name,
    string PublicKey,
    string Fingerprint,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    bool SignsIn = false,
    Subject? RegisteredBy = null,
    AccessRequestId? Request = null)
{
    /// <summary>Whose revocation takes the key along: who registered it, or its owner where that is not known. Null for an old key of a group.</summary>
    [JsonIgnore]
    public Subject? Registrant => RegisteredBy ?? Owner.Subject;
}
