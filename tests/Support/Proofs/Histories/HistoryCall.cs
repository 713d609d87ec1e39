using System.Collections.Immutable;

namespace SshFunctions.Support.Proofs.Histories;

/// <summary>What was asked of a store, of one partition.</summary>
public abstract record HistoryCall
{
    private HistoryCall()
    {
    }

    /// <summary>A read of one row.</summary>
    public sealed record Read(string Row) : HistoryCall;

    /// <summary>A read of all rows, in one page; no snapshot.</summary>
    public sealed record List : HistoryCall;

    /// <summary>A commit.</summary>
    public sealed record Commit(ImmutableArray<HistoryChange> Changes) : HistoryCall;
}
