using SshFunctions.Core.Journal;

namespace SshFunctions.Core.Forwarding;

/// <summary>How it stands with one target.</summary>
/// <param name="Name">The forwarder.</param>
/// <param name="Target">What it is and where.</param>
/// <param name="Lag">What was not sent yet; null when nothing was ever tried.</param>
/// <param name="FailureCount">Tries that failed since the last that did not.</param>
/// <param name="FailedSince">When the first of them was, UTC; null for none.</param>
/// <param name="Failure">What the last of them failed of; null for none.</param>
/// <param name="RetryAt">When it is tried again at the earliest, UTC; null for at once.</param>
/// <param name="LastSent">When entries were last taken, UTC; null for never.</param>
public sealed record ForwardingStatus(
    string Name,
    string Target,
    JournalLag? Lag,
    int FailureCount,
    DateTimeOffset? FailedSince,
    string? Failure,
    DateTimeOffset? RetryAt,
    DateTimeOffset? LastSent);
