namespace SshFunctions.Api;

/// <summary>How it stands with one target that the journal is forwarded to.</summary>
/// <param name="Name">The forwarder.</param>
/// <param name="Target">What it sends to.</param>
/// <param name="Waiting">Journal entries that it was not sent yet; null when nothing was ever tried.</param>
/// <param name="WaitingSince">Time of the oldest of them, UTC; null for none.</param>
/// <param name="FailureCount">Tries that failed since the last that did not.</param>
/// <param name="FailedSince">When the first of them was, UTC; null for none.</param>
/// <param name="Failure">What the last of them failed of; null for none.</param>
/// <param name="RetryAt">When it is tried again at the earliest, UTC; null for at once.</param>
/// <param name="LastSent">When entries were last taken, UTC; null for never.</param>
public sealed record ForwardingResponse(
    string Name,
    string Target,
    long? Waiting,
    DateTimeOffset? WaitingSince,
    int FailureCount,
    DateTimeOffset? FailedSince,
    string? Failure,
    DateTimeOffset? RetryAt,
    DateTimeOffset? LastSent);
