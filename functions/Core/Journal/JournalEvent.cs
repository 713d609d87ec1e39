using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using SshFunctions.Core.Access;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

/// <summary>What an entry records; a closed set, and never a secret.</summary>
/// <remarks>The discriminator is part of the stored format: a name is never reused for something else.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = KindProperty, UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(SegmentOpened), "segment.opened")]
[JsonDerivedType(typeof(SegmentClosed), "segment.closed")]
[JsonDerivedType(typeof(EntryVoid), "entry.void")]
[JsonDerivedType(typeof(ActionFailed), "action.failed")]
[JsonDerivedType(typeof(BrokerBootstrapped), "broker.bootstrapped")]
[JsonDerivedType(typeof(BrokerRestored), "broker.restored")]
[JsonDerivedType(typeof(CertificateIssued), "certificate.issued")]
[JsonDerivedType(typeof(CertificateRefused), "certificate.refused")]
[JsonDerivedType(typeof(AccessRevoked), "access.revoked")]
[JsonDerivedType(typeof(RevocationLifted), "revocation.lifted")]
[JsonDerivedType(typeof(RevocationListGivenUp), "revocation-list.given-up")]
[JsonDerivedType(typeof(KeyRegistered), "key.registered")]
[JsonDerivedType(typeof(KeyRemoved), "key.removed")]
[JsonDerivedType(typeof(PrivateKeyReceived), "private-key.received")]
[JsonDerivedType(typeof(TokenCreated), "token.created")]
[JsonDerivedType(typeof(TokenRotated), "token.rotated")]
[JsonDerivedType(typeof(TokenRemoved), "token.removed")]
[JsonDerivedType(typeof(SignedIn), "signed-in")]
[JsonDerivedType(typeof(PortalSignedIn), "portal.signed-in")]
[JsonDerivedType(typeof(SignInRefused), "sign-in.refused")]
[JsonDerivedType(typeof(EnrollmentTokenCreated), "enrollment-token.created")]
[JsonDerivedType(typeof(EnrollmentTokenRemoved), "enrollment-token.removed")]
[JsonDerivedType(typeof(HostEnrolled), "host.enrolled")]
[JsonDerivedType(typeof(HostRemoved), "host.removed")]
[JsonDerivedType(typeof(HostAlarm), "host.alarm")]
[JsonDerivedType(typeof(HostCertificateIssued), "host-certificate.issued")]
[JsonDerivedType(typeof(HostCertificateRefused), "host-certificate.refused")]
[JsonDerivedType(typeof(SessionOpened), "session.opened")]
[JsonDerivedType(typeof(SessionClosed), "session.closed")]
[JsonDerivedType(typeof(SessionEnded), "session.ended")]
[JsonDerivedType(typeof(SessionUnexplained), "session.unexplained")]
[JsonDerivedType(typeof(GitPasswordIssued), "git-password.issued")]
[JsonDerivedType(typeof(GitPasswordRefused), "git-password.refused")]
[JsonDerivedType(typeof(PasscodeIssued), "passcode.issued")]
[JsonDerivedType(typeof(PasscodeRefused), "passcode.refused")]
[JsonDerivedType(typeof(PasscodeRedeemed), "passcode.redeemed")]
[JsonDerivedType(typeof(PasscodeRejected), "passcode.rejected")]
[JsonDerivedType(typeof(CertificateSpent), "certificate.spent")]
[JsonDerivedType(typeof(CertificateSpendRefused), "certificate.spend-refused")]
[JsonDerivedType(typeof(ProjectPut), "project.put")]
[JsonDerivedType(typeof(EnvironmentPut), "environment.put")]
[JsonDerivedType(typeof(ResourcePut), "resource.put")]
[JsonDerivedType(typeof(SshSwitchSet), "ssh-switch.set")]
[JsonDerivedType(typeof(PathRemoved), "path.removed")]
[JsonDerivedType(typeof(GrantPut), "grant.put")]
[JsonDerivedType(typeof(GrantRemoved), "grant.removed")]
[JsonDerivedType(typeof(TicketRefused), "ticket.refused")]
[JsonDerivedType(typeof(NotificationGivenUp), "notification.given-up")]
[JsonDerivedType(typeof(AccessRequestOpened), "access-request.opened")]
[JsonDerivedType(typeof(AccessRequestApproved), "access-request.approved")]
[JsonDerivedType(typeof(AccessRequestDenied), "access-request.denied")]
[JsonDerivedType(typeof(AccessRequestAutoApproved), "access-request.auto-approved")]
[JsonDerivedType(typeof(AccessRequestGlassBroken), "access-request.glass-broken")]
[JsonDerivedType(typeof(AccessRequestActivated), "access-request.activated")]
[JsonDerivedType(typeof(AccessRequestExtensionAsked), "access-request.extension-asked")]
[JsonDerivedType(typeof(AccessRequestExtended), "access-request.extended")]
[JsonDerivedType(typeof(AccessRequestClosed), "access-request.closed")]
[JsonDerivedType(typeof(AccessRequestExpired), "access-request.expired")]
[JsonDerivedType(typeof(AccessRequestFailed), "access-request.failed")]
[JsonDerivedType(typeof(AccessRequestReviewed), "access-request.reviewed")]
[JsonDerivedType(typeof(AccessRulePut), "access-rule.put")]
[JsonDerivedType(typeof(AccessRuleRemoved), "access-rule.removed")]
[JsonDerivedType(typeof(SegmentsRemoved), "segments.removed")]
[JsonDerivedType(typeof(SigningKeyStaged), "signing-key.staged")]
[JsonDerivedType(typeof(SigningKeyPublished), "signing-key.published")]
[JsonDerivedType(typeof(SigningKeyActivated), "signing-key.activated")]
[JsonDerivedType(typeof(SigningKeyRetiring), "signing-key.retiring")]
[JsonDerivedType(typeof(SigningKeyRetired), "signing-key.retired")]
[JsonDerivedType(typeof(SigningKeyAborted), "signing-key.aborted")]
[JsonDerivedType(typeof(SigningKeyEmergency), "signing-key.emergency")]
[JsonDerivedType(typeof(KeyExpiring), "key.expiring")]
[JsonDerivedType(typeof(TokenExpiring), "token.expiring")]
public abstract partial record JournalEvent
{
    /// <summary>Member that holds the event kind in the stored entry.</summary>
    public const string KindProperty = "kind";

    private static readonly FrozenDictionary<Type, string> Kinds = typeof(JournalEvent)
        .GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false)
        .ToFrozenDictionary(derived => derived.DerivedType, derived => (string)derived.TypeDiscriminator!);

    /// <summary>Every kind, in ordinal order.</summary>
    public static IEnumerable<string> AllKinds => Kinds.Values.Order(StringComparer.Ordinal);

    /// <summary>Whether a text is one of the kinds.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsKind(string text) => Kinds.Values.Contains(text);

    private JournalEvent()
    {
    }

    /// <summary>Its kind as it is stored, for example <c>certificate.issued</c>.</summary>
    [JsonIgnore]
    public string Kind => Kinds[GetType()];

    /// <summary>The place in the tree it is about; null when it is about none.</summary>
    [JsonIgnore]
    public ResourcePath? About => Place;

    /// <summary>The access request that it is part of: what became of it, or what was minted under its grant. Null when it is part of none.</summary>
    [JsonIgnore]
    public AccessRequestId? OfRequest => ConcernedRequest;

    // Not public, so that no derived record stores it.
    private protected virtual ResourcePath? Place => null;

    private protected virtual AccessRequestId? ConcernedRequest => null;
}
