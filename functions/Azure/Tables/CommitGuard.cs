namespace SshFunctions.Azure.Tables;

/// <summary>An entity that is written along with a commit of inserts alone, so that the commit happens once at most.</summary>
/// <remarks>
/// An insert demands nothing that its own deletion would not restore; so a try that comes after another one, whose answer was lost, would
/// bring back what somebody deleted in between. The guard is inserted or replaced in the same transaction: a second try of the commit
/// finds that it moved on. What it says of its last write tells the outcome. A guard belongs to one process and holds one commit at a
/// time; then the next one takes it, so that there are as many as commits at once in a partition, not as commits.
/// </remarks>
/// <param name="Partition">The commit's.</param>
/// <param name="Row">A space, which no document's row holds and which is before all that do; then the id of the first operation.</param>
/// <param name="Version">What storage holds; null as long as it is not there.</param>
internal sealed record CommitGuard(string Partition, string Row, EntityVersion? Version)
{
    /// <summary>Before every document's row: a listing that begins here sees no guard.</summary>
    public const string FirstDocumentRow = "!";

    private const char Mark = ' ';

    /// <summary>Whether a try that inserts it may still be on its way; once it is there, whatever is late finds another version.</summary>
    public bool MayComeLate { get; init; }

    /// <summary>When a commit was last done with it, by the clock's timestamp.</summary>
    public long LeftAt { get; init; }

    /// <summary>One that is not there yet.</summary>
    public static CommitGuard New(string partition, string operation) => new(partition, Mark + operation, null);

    /// <summary>Moves it on.</summary>
    public EntityWrite Write(string operation) => new(Row, default, Version, WriteTrail.Insert(operation));

    /// <summary>Takes it away, whatever it says: nobody else writes it.</summary>
    public EntityWrite Remove() => new(Row, default, new EntityVersion(null, "*"), null);

    /// <summary>The guard after a commit.</summary>
    /// <param name="version">What storage holds now.</param>
    /// <param name="isLost">Whether a try got lost, which may come late.</param>
    public CommitGuard MoveTo(EntityVersion version, bool isLost) =>
        this with { Version = version, MayComeLate = MayComeLate || (isLost && Version is null) };
}
