using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>Where journal entries are sent outside of the broker.</summary>
/// <remarks>
/// Success means that the receiver took every entry, as far as its protocol can say so; anything else is a refusal, and the same entries
/// come again, perhaps with others. Ends by itself within a minute. Called by one at a time.
/// </remarks>
public interface IJournalTarget
{
    /// <summary>What it is and where, for an operator; never a secret.</summary>
    string Description { get; }

    /// <summary>Most entries of one call.</summary>
    int MaximumBatchCount { get; }

    /// <summary>Sends entries.</summary>
    /// <param name="entries">1 to <see cref="MaximumBatchCount"/>, in order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the receiver took them.</returns>
    Task<Result<Done>> SendAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);
}
