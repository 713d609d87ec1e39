using System.Collections.Immutable;
using SshFunctions.Core.Ports;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>What a store answered.</summary>
public abstract record HistoryAnswer
{
    private HistoryAnswer()
    {
    }

    /// <summary>The rows that were found, of those that were asked for.</summary>
    public sealed record Found(ImmutableArray<HistoryRow> Rows) : HistoryAnswer;

    /// <summary>The commit happened; the version of each change, null for a delete.</summary>
    public sealed record Committed(ImmutableArray<string?> Versions) : HistoryAnswer;

    /// <summary>The commit did not happen, nor will it: the first change that contradicts what is stored.</summary>
    public sealed record Conflicted(int ChangeIndex, ConflictReason Reason) : HistoryAnswer;
}
