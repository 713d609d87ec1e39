using System.Collections.Immutable;
using System.Text;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>A signed statement of where every segment ended, chained to the one before it.</summary>
/// <remarks>
/// The statement is one JSON object: <c>checkpoint</c>, <c>time</c>, <c>previous</c> (SHA-256 of the statement before it), <c>size</c>
/// (segments), <c>root</c> (over the heads of segments 1 to size), <c>frozen</c> (leading segments that are closed), <c>frozenRoot</c> (over
/// theirs) and <c>heads</c>: every head that is new or moved since the checkpoint before. So each head that ever was sealed stands in a
/// statement, and each segment's last one for ever.
/// </remarks>
public sealed class Checkpoint
{
    /// <summary>Namespace of the signature.</summary>
    public const string SignatureNamespace = "sshfn-checkpoint";

    private readonly CheckpointStatement _statement;

    private Checkpoint(CheckpointStatement statement, CheckpointRecord record)
    {
        _statement = statement;
        Text = record.Statement;
        Signature = record.Signature;
        Tail = record.Tail;
        Hash = HashOf(record.Statement);
    }

    /// <summary>Its number, from 1.</summary>
    public long Number => _statement.Checkpoint;

    /// <summary>When it was made, by the broker's clock, UTC.</summary>
    public DateTimeOffset Time => _statement.Time;

    /// <summary>Hash of the checkpoint before it; <see cref="JournalEntry.NoPrevious"/> for the first.</summary>
    public string Previous => _statement.Previous;

    /// <summary>How many segments it covers.</summary>
    public long Size => _statement.Size;

    /// <summary>Root over the heads of all of them, lower-case hexadecimal.</summary>
    public string Root => _statement.Root;

    /// <summary>How many leading segments were closed.</summary>
    public long Frozen => _statement.Frozen;

    /// <summary>Root over the heads of those.</summary>
    public string FrozenRoot => _statement.FrozenRoot;

    /// <summary>The heads that are new or moved since the checkpoint before, by segment.</summary>
    public ImmutableArray<SegmentHead> Heads => _statement.Heads;

    /// <summary>The statement, exactly as it is signed and hashed.</summary>
    public string Text { get; }

    /// <summary>Armored SSHSIG of the journal key over the statement.</summary>
    public string Signature { get; }

    /// <summary>SHA-256 of the statement, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The heads of every segment behind the frozen ones.</summary>
    internal ImmutableArray<SegmentHead> Tail { get; }

    internal static Checkpoint Of(CheckpointRecord record) =>
        new(Json.Decode(Encoding.UTF8.GetBytes(record.Statement), CoreJson.Default.CheckpointStatement), record);

    internal static string HashOf(string statement) => JournalEntry.HashOf(Encoding.UTF8.GetBytes(statement));
}
