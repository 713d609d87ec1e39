namespace SshFunctions.Core.Ports;

/// <summary>What became of a commit.</summary>
public abstract record CommitResult
{
    private CommitResult()
    {
    }

    /// <summary>Every change happened and is durable.</summary>
    /// <param name="Versions">One for each change, in their order; null for a delete.</param>
    public sealed record Committed(IReadOnlyList<DocumentVersion?> Versions) : CommitResult;

    /// <summary>None happened, because one contradicts what is stored.</summary>
    /// <param name="ChangeIndex">The first such change, from 0.</param>
    /// <param name="Reason">How.</param>
    public sealed record Conflicted(int ChangeIndex, ConflictReason Reason) : CommitResult;
}
