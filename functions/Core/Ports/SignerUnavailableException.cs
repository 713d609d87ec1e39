namespace SshFunctions.Core.Ports;

/// <summary>A signing key can't be reached. Callers refuse with <c>Unavailable</c>; nothing was signed that anybody keeps.</summary>
public sealed class SignerUnavailableException : Exception
{
    /// <summary>Says nothing.</summary>
    public SignerUnavailableException()
    {
    }

    /// <summary>Says what failed.</summary>
    /// <param name="message">For the log; never a secret.</param>
    public SignerUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Says what failed, and why.</summary>
    /// <param name="message">For the log; never a secret.</param>
    /// <param name="innerException">The signer's own.</param>
    public SignerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>When it is worth asking again; null when nothing says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the key is not there at all: no waiting brings it back.</summary>
    public bool IsMissing { get; init; }
}
