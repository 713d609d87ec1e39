using SshFunctions.Core.Access;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A host told of a login.</summary>
    /// <param name="Host">Where.</param>
    /// <param name="Resource">What the host is.</param>
    /// <param name="Session">The host's name for the connection.</param>
    /// <param name="Login">Unix account.</param>
    /// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c> or <c>other</c>.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Serial">Of the certificate or the passcode, as the host tells it; null for none.</param>
    /// <param name="KeyId">Of the certificate; null for none.</param>
    /// <param name="Fingerprint">Of the key that was used; null for none.</param>
    /// <param name="HostTime">UTC, the host's clock.</param>
    /// <param name="Grant">Under which the broker minted its credential; null for a key, or when the host's word fits nothing that was minted.</param>
    public sealed record SessionOpened(
        HostId Host,
        ResourcePath Resource,
        string Session,
        string Login,
        string Method,
        string? Source,
        ulong? Serial,
        string? KeyId,
        string? Fingerprint,
        DateTimeOffset HostTime,
        string? Grant = null) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => Grant is null ? null : AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A host told of a logout.</summary>
    /// <param name="Host">Where.</param>
    /// <param name="Resource">What the host is.</param>
    /// <param name="Session">The host's name for the connection.</param>
    /// <param name="Login">Unix account.</param>
    /// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c> or <c>other</c>.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Serial">Of the certificate or the passcode, as the host tells it; null for none.</param>
    /// <param name="KeyId">Of the certificate; null for none.</param>
    /// <param name="Fingerprint">Of the key that was used; null for none.</param>
    /// <param name="HostTime">UTC, the host's clock.</param>
    /// <param name="Grant">Under which the broker minted its credential; null for a key, or when the host's word fits nothing that was minted.</param>
    public sealed record SessionClosed(
        HostId Host,
        ResourcePath Resource,
        string Session,
        string Login,
        string Method,
        string? Source,
        ulong? Serial,
        string? KeyId,
        string? Fingerprint,
        DateTimeOffset HostTime,
        string? Grant = null) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => Grant is null ? null : AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A host ended a session because its credential was revoked.</summary>
    /// <param name="Host">Where.</param>
    /// <param name="Resource">What the host is.</param>
    /// <param name="Session">The host's name for the connection.</param>
    /// <param name="Login">Unix account.</param>
    /// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c> or <c>other</c>.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Serial">Of the certificate or the passcode, as the host tells it; null for none.</param>
    /// <param name="KeyId">Of the certificate; null for none.</param>
    /// <param name="Fingerprint">Of the key that was used; null for none.</param>
    /// <param name="HostTime">UTC, the host's clock.</param>
    /// <param name="Reason">Why; null when the host did not say.</param>
    /// <param name="Grant">Under which the broker minted its credential; null for a key, or when the host's word fits nothing that was minted.</param>
    public sealed record SessionEnded(
        HostId Host,
        ResourcePath Resource,
        string Session,
        string Login,
        string Method,
        string? Source,
        ulong? Serial,
        string? KeyId,
        string? Fingerprint,
        DateTimeOffset HostTime,
        string? Reason,
        string? Grant = null) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => Grant is null ? null : AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A host told of a login that nothing this broker issued explains: an alarm.</summary>
    /// <param name="Host">Where.</param>
    /// <param name="Resource">What the host is.</param>
    /// <param name="Session">The host's name for the connection.</param>
    /// <param name="Login">Unix account.</param>
    /// <param name="Method"><c>certificate</c>, <c>key</c>, <c>passcode</c> or <c>other</c>.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Serial">Of the certificate or the passcode, as the host tells it; null for none.</param>
    /// <param name="KeyId">Of the certificate; null for none.</param>
    /// <param name="Fingerprint">Of the key that was used; null for none.</param>
    /// <param name="HostTime">UTC, the host's clock.</param>
    /// <param name="Reason">Why not.</param>
    public sealed record SessionUnexplained(
        HostId Host,
        ResourcePath Resource,
        string Session,
        string Login,
        string Method,
        string? Source,
        ulong? Serial,
        string? KeyId,
        string? Fingerprint,
        DateTimeOffset HostTime,
        string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }
}
