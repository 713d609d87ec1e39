namespace SshFunctions.Core.Forwarding;

/// <summary>What became of the last tries to send to a target.</summary>
/// <param name="FailureCount">Tries that failed since the last that did not.</param>
/// <param name="FailedSince">When the first of them was, UTC; null for none.</param>
/// <param name="Failure">What the last of them failed of; null for none.</param>
/// <param name="RetryAt">No try before, UTC; null for at once.</param>
/// <param name="LastSent">When entries were last taken, UTC; null for never.</param>
internal sealed record ForwardingState(
    int FailureCount = 0, DateTimeOffset? FailedSince = null, string? Failure = null, DateTimeOffset? RetryAt = null, DateTimeOffset? LastSent = null)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private const int LongestFailure = 500;

    public ForwardingState AfterSuccess(DateTimeOffset now, bool sent) => new(LastSent: sent ? now : LastSent);

    public ForwardingState AfterFailure(DateTimeOffset now, string failure, bool sent)
    {
        TimeSpan pause = ShortestPause * Math.Pow(2, Math.Min(FailureCount, 10));
        return new ForwardingState(
            FailureCount + 1,
            FailedSince ?? now,
            failure.Length > LongestFailure ? failure[..LongestFailure] : failure,
            now + (pause < LongestPause ? pause : LongestPause),
            sent ? now : LastSent);
    }
}
