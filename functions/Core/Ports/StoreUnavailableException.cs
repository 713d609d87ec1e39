namespace SshFunctions.Core.Ports;

/// <summary>The store is away or an outcome could not be learned. Callers refuse with <c>Unavailable</c>; nothing is assumed to have happened.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Says nothing.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>Says what failed.</summary>
    /// <param name="message">For the log; never a secret.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what failed, and why.</summary>
    /// <param name="message">For the log; never a secret.</param>
    /// <param name="innerException">The backend's own.</param>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>When it is worth asking again; null when nothing says.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
