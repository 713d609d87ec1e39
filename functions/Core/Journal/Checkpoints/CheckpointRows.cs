using System.Globalization;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Journal.Checkpoints;

/// <summary>Where checkpoints lie: row <c>head</c> is the end of the chain, <c>c:NUMBER</c> a checkpoint, <c>n:HEIGHT:INDEX</c> the root of a complete subtree.</summary>
internal static class CheckpointRows
{
    public const string Partition = "checkpoints";

    public const string HeadRow = "head";

    /// <summary>Only subtrees of these heights are kept: of 256 leaves, of 65,536, and so on.</summary>
    public const int HeightStep = 8;

    public static readonly RowRange Checkpoints = RowRange.StartingWith("c:");

    public static DocumentKey HeadKey => new(Partition, HeadRow);

    public static DocumentKey KeyOf(long checkpoint) => new(Partition, RowOf(checkpoint));

    public static string RowOf(long checkpoint) => $"c:{checkpoint:D15}";

    public static string NodeRowOf(int height, long index) => string.Create(CultureInfo.InvariantCulture, $"n:{height:D2}:{index:D15}");
}
