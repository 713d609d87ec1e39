using SshFunctions.Core.Access;
using SshFunctions.Core.Callers;
using SshFunctions.Core.Hosts;
using SshFunctions.Core.Resources;

namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>A passcode was minted; this entry's serial names it.</summary>
    /// <param name="Resource">What it is for.</param>
    /// <param name="Login">Account it is for.</param>
    /// <param name="Grant">The grant that allowed it.</param>
    /// <param name="Instance">The only instance that it is for; null for any.</param>
    /// <param name="Source">The only address that it counts from; null for any that the grant allows.</param>
    /// <param name="Expires">UTC, exclusive.</param>
    public sealed record PasscodeIssued(
        ResourcePath Resource, Login Login, string Grant, int? Instance, string? Source, DateTimeOffset Expires) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;

        private protected override AccessRequestId? ConcernedRequest => AccessRequestId.OfGrant(Grant);
    }

    /// <summary>A passcode was asked for and refused.</summary>
    /// <param name="Resource">What it was for.</param>
    /// <param name="Login">Account it was for.</param>
    /// <param name="Reason">The deciding rule.</param>
    public sealed record PasscodeRefused(ResourcePath Resource, Login Login, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A passcode opened a login, and opens no other.</summary>
    /// <param name="Resource">What it opened.</param>
    /// <param name="Login">As whom.</param>
    /// <param name="Host">The host that took it.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Passcode">Serial of the entry that recorded it.</param>
    /// <param name="Subject">Who minted it.</param>
    public sealed record PasscodeRedeemed(
        ResourcePath Resource, Login Login, HostId Host, string? Source, ulong Passcode, Subject Subject) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>What was typed at a host's password prompt opened nothing.</summary>
    /// <param name="Resource">Where it was typed.</param>
    /// <param name="Login">Account that was asked for.</param>
    /// <param name="Host">The host.</param>
    /// <param name="Source">Where the client connected from; null when the host did not know.</param>
    /// <param name="Reason">The true one, which the host is not told.</param>
    /// <param name="Passcode">Serial of the passcode that it was; null when it was none.</param>
    public sealed record PasscodeRejected(
        ResourcePath Resource, Login Login, HostId Host, string? Source, string Reason, ulong? Passcode) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A single-use certificate was spent on one connection.</summary>
    /// <param name="Resource">What it opened.</param>
    /// <param name="Login">As whom.</param>
    /// <param name="Host">The host.</param>
    /// <param name="Certificate">Its serial.</param>
    /// <param name="Session">The host's name for the connection.</param>
    public sealed record CertificateSpent(ResourcePath Resource, Login Login, HostId Host, ulong Certificate, string Session) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }

    /// <summary>A host asked to spend a single-use certificate and was refused.</summary>
    /// <param name="Resource">The host's.</param>
    /// <param name="Login">Account that was asked for.</param>
    /// <param name="Host">The host.</param>
    /// <param name="Certificate">The serial that it names; null when this broker did not sign it.</param>
    /// <param name="Reason">Why.</param>
    public sealed record CertificateSpendRefused(ResourcePath Resource, Login Login, HostId Host, ulong? Certificate, string Reason) : JournalEvent
    {
        private protected override ResourcePath? Place => Resource;
    }
}
