using System.Collections.Immutable;
using SshFunctions.Core.Access;
using SshFunctions.Core.Policy;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A certificate was signed; its serial is this entry's.</summary>
    /// <param name="Resource">What it is for.</param>
    /// <param name="Login">Account it is for.</param>
    /// <param name="Grant">The grant that allowed it.</param>
    /// <param name="KeyId">What sshd will log.</param>
    /// <param name="Principals">Valid principals.</param>
    /// <param name="SubjectKey">Fingerprint of the certified key.</param>
    /// <param name="CaKey">Fingerprint of the CA key.</param>
    /// <param name="ValidAfter">UTC, inclusive.</param>
    /// <param name="ValidBefore">UTC, exclusive.</param>
    public sealed record CertificateIssued(
        ResourcePath Resource,
        Login Login,
        string Grant,
        string KeyId,
        ImmutableArray<string> Principals,
        string SubjectKey,
        string CaKey,
        DateTimeOffset ValidAfter,
        DateTimeOffset ValidBefore) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A certificate was asked for and refused.</summary>
    /// <param name="Resource">What it was for.</param>
    /// <param name="Login">Account it was for.</param>
    /// <param name="SubjectKey">Fingerprint of the key.</param>
    /// <param name="Reason">The deciding rule.</param>
    public sealed record CertificateRefused(ResourcePath Resource, Login Login, string SubjectKey, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>Access was revoked.</summary>
    /// <param name="Revocations">Identifiers of what is in force through it.</param>
    /// <param name="Reason">Why, in the words of who did it.</param>
    /// <param name="Grant">The grant under which all of it was minted, when it was taken back for that; null for any other reason.</param>
    public sealed record AccessRevoked(ImmutableArray<string> Revocations, string Reason, string? Grant = null) : JournalEvent
    {
        private protected override AccessRequestId? ConcernedRequest => Grant is null ? null : AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A revocation was lifted.</summary>
    /// <param name="Revocation">Its identifier.</param>
    public sealed record RevocationLifted(string Revocation) : JournalEvent;

    /// <summary>The revocation list could not be published and nobody tries again because of this change; hosts still get it when they ask.</summary>
    /// <param name="Version">The first version that was given up.</param>
    /// <param name="Reason">Why, for an operator.</param>
    public sealed record RevocationListGivenUp(long Version, string Reason) : JournalEvent;

    /// <summary>A public key was registered.</summary>
    /// <param name="Owner">Subject or group.</param>
    /// <param name="Name">What the owner calls it.</param>
    /// <param name="Fingerprint"><c>SHA256:…</c>.</param>
    /// <param name="Expires">UTC, exclusive; null for never.</param>
    public sealed record KeyRegistered(Holder Owner, string Name, string Fingerprint, DateTimeOffset? Expires) : JournalEvent;

    /// <summary>A registered key was removed.</summary>
    /// <param name="Owner">Subject or group.</param>
    /// <param name="Fingerprint"><c>SHA256:…</c>.</param>
    public sealed record KeyRemoved(Holder Owner, string Fingerprint) : JournalEvent;

    /// <summary>Somebody sent a private key; it was refused and not kept.</summary>
    /// <param name="Fingerprint">Of its public half, so that it can be revoked; null when that can't be told.</param>
    public sealed record PrivateKeyReceived(string? Fingerprint) : JournalEvent;
}
