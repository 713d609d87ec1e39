using System.Collections.Immutable;
using SshFunctions.Core.Rotation;
using SshFunctions.Ssh.Keys;

namespace SshFunctions.Core.Certificates;

/// <summary>The public keys of the broker at one version of the trust bundle.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="All">Every key, oldest first; also those that nobody trusts yet or any more.</param>
public sealed record TrustedKeys(long Version, ImmutableArray<TrustedKey> All)
{
    /// <summary>Reads a ring.</summary>
    /// <param name="ring">The ring.</param>
    /// <returns>Its public half.</returns>
    public static TrustedKeys Of(KeyRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        return new TrustedKeys(
            ring.Version,
            [.. ring.Keys.Select(key => new TrustedKey(key.Purpose, SshPublicKey.Parse(key.PublicKey), key.State, key.IsCutOff ? key.Retired : null))]);
    }

    /// <summary>One key for each purpose, which signs.</summary>
    /// <param name="version">The version.</param>
    /// <param name="userCa">Signs user certificates.</param>
    /// <param name="hostCa">Signs host certificates.</param>
    /// <param name="journal">Signs statements.</param>
    /// <returns>The keys.</returns>
    public static TrustedKeys Of(long version, SshPublicKey userCa, SshPublicKey hostCa, SshPublicKey journal) => new(
        version,
        [
            new TrustedKey(KeyPurpose.UserCa, userCa, SigningKeyState.Active),
            new TrustedKey(KeyPurpose.HostCa, hostCa, SigningKeyState.Active),
            new TrustedKey(KeyPurpose.Journal, journal, SigningKeyState.Active),
        ]);

    /// <summary>The keys of a purpose that hosts and clients are to trust now.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <returns>The keys, oldest first.</returns>
    public IEnumerable<TrustedKey> TrustedOf(KeyPurpose purpose) => All.Where(key => key.Purpose == purpose && key.IsTrusted);

    /// <summary>Whether a key is to be trusted for a purpose now.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    public bool Trusts(KeyPurpose purpose, SshPublicKey key) => TrustedOf(purpose).Any(each => each.Key.Equals(key));

    /// <summary>The key of a purpose that signs or has signed, also long ago.</summary>
    /// <param name="purpose">The purpose.</param>
    /// <param name="key">The key.</param>
    /// <returns>What it counts for; null when it never signed for this broker.</returns>
    public TrustedKey? FindSigner(KeyPurpose purpose, SshPublicKey key) =>
        All.FirstOrDefault(each => each.Purpose == purpose && each.HasSigned && each.Key.Equals(key));

    /// <summary>Whether a fingerprint is one of theirs: nobody registers or revokes such a key as if it were a person's.</summary>
    /// <param name="fingerprint">The fingerprint.</param>
    /// <returns>Whether it is.</returns>
    public bool Names(Fingerprint fingerprint) => All.Any(key => key.Key.Fingerprint == fingerprint);
}
