namespace SshFunctions.Azure.Storage;

/// <summary>How long storage is waited for.</summary>
/// <param name="Try">One request and its answer, whole.</param>
/// <param name="Call">One call of a port with every retry: a caller over HTTP is still there afterwards.</param>
internal sealed record StoragePatience(TimeSpan Try, TimeSpan Call)
{
    private const int FirstDelayMilliseconds = 100;
    private const int MaximumDelayMilliseconds = 1600;

    /// <summary>Unless a test is in a hurry. 4 s carry the 4 MiB of a full batch over 10 Mbit/s.</summary>
    public static StoragePatience Default { get; } = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10));

    /// <summary>Longest wait before the first retry, doubled for each further one; a half of it at random keeps brokers apart.</summary>
    public static TimeSpan DelayAfter(int triedCount)
    {
        int longest = Math.Min(FirstDelayMilliseconds << Math.Min(triedCount - 1, 10), MaximumDelayMilliseconds);
        return TimeSpan.FromMilliseconds(System.Security.Cryptography.RandomNumberGenerator.GetInt32(longest / 2, longest + 1));
    }
}
