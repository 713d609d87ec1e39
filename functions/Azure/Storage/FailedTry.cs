using SshFunctions.Core.Ports;

namespace SshFunctions.Azure.Storage;

/// <summary>One try that brought no answer to go by.</summary>
/// <param name="Why">For the log.</param>
/// <param name="MayHaveHappened">Whether what was asked for may have been done.</param>
/// <param name="IsFinal">Whether another try is of no use.</param>
/// <param name="RetryAfter">When it is worth asking again, as storage says.</param>
/// <param name="Cause">What was thrown; null when something was answered.</param>
internal sealed record FailedTry(string Why, bool MayHaveHappened, bool IsFinal, TimeSpan? RetryAfter = null, Exception? Cause = null)
{
    /// <summary>Whether the connection broke, or none came about.</summary>
    public bool IsBroken { get; init; }

    /// <summary>Weighs an answer; null when it is one to go by.</summary>
    public static FailedTry? Of(StorageAnswer answer) => answer.Status switch
    {
        // Both are said before anything is done. Who wears another's status without storage's name for it is something in between.
        429 or 503 when answer.Code is "ServerBusy" or "TooManyRequests" => new(Say(answer), MayHaveHappened: false, IsFinal: false, answer.RetryAfter),
        401 or 403 => new($"{Say(answer)}: storage refuses the key or the identity's roles", MayHaveHappened: false, IsFinal: true, answer.RetryAfter),
        408 or 429 or >= 500 => new(Say(answer), MayHaveHappened: true, IsFinal: false, answer.RetryAfter),
        _ => null,
    };

    public StoreUnavailableException ToException() => Cause is null
        ? new StoreUnavailableException(Why) { RetryAfter = RetryAfter }
        : new StoreUnavailableException(Why, Cause) { RetryAfter = RetryAfter };

    private static string Say(StorageAnswer answer) => $"storage answered {answer.Status} {answer.Code}".TrimEnd();
}
