namespace SshFunctions.Core.Journal;

public abstract partial record JournalEvent
{
    /// <summary>First entry of a segment.</summary>
    /// <param name="Instance">The broker instance that leased it.</param>
    /// <param name="Version">The broker's version.</param>
    public sealed record SegmentOpened(string Instance, string Version) : JournalEvent;

    /// <summary>Last entry of a segment whose writer closed it itself.</summary>
    /// <param name="Reason"><c>full</c> or <c>stopped</c>.</param>
    public sealed record SegmentClosed(string Reason) : JournalEvent;

    /// <summary>Holds the place of a reserved index that came to nothing.</summary>
    /// <param name="Reason">Why, for an operator.</param>
    public sealed record EntryVoid(string Reason) : JournalEvent;

    /// <summary>Takes back an earlier entry whose action was recorded first and failed then.</summary>
    /// <param name="Failed">Serial of that entry.</param>
    /// <param name="Reason">Why, for an operator.</param>
    public sealed record ActionFailed(ulong Failed, string Reason) : JournalEvent;

    /// <summary>The first start of a broker on an empty store.</summary>
    /// <param name="Token">Identifier of the bootstrap token.</param>
    /// <param name="Grant">The grant that makes its subject an admin.</param>
    public sealed record BrokerBootstrapped(string Token, string Grant) : JournalEvent;

    /// <summary>The broker goes on from a backup: what it did between the two is in no entry of this journal.</summary>
    /// <param name="Backup">UTC; when the backup was made.</param>
    /// <param name="LastSegment">The last segment that the backup held; 0 for none.</param>
    /// <param name="FirstSegment">The first segment from now on: the lost broker reached none from here.</param>
    /// <param name="RevocationListVersion">Version of the revocation list from now on.</param>
    /// <param name="TrustVersion">Version of the trust bundle from now on; 0 when the backup held no key.</param>
    public sealed record BrokerRestored(
        DateTimeOffset Backup, long LastSegment, long FirstSegment, long RevocationListVersion, long TrustVersion) : JournalEvent;
}
