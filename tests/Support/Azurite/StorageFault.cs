namespace SshFunctions.Support.Azurite;

/// <summary>What goes wrong with one request to storage.</summary>
public abstract record StorageFault
{
    private StorageFault()
    {
    }

    /// <summary>Nothing.</summary>
    public sealed record None : StorageFault;

    /// <summary>Storage says that it is busy, and does nothing.</summary>
    /// <param name="RetryAfterSeconds">When to come again; null when it does not say.</param>
    public sealed record Busy(int? RetryAfterSeconds = null) : StorageFault;

    /// <summary>The connection breaks in the middle of the request, so that it does not happen.</summary>
    public sealed record CutRequest : StorageFault;

    /// <summary>It happens, and the connection breaks before a byte of the answer.</summary>
    public sealed record LoseAnswer : StorageFault;

    /// <summary>It happens, and the connection breaks in the middle of the answer.</summary>
    public sealed record CutAnswer : StorageFault;

    /// <summary>It happens, and storage says that it ran out of time.</summary>
    public sealed record FailAfterwards : StorageFault;

    /// <summary>It happens, and the answer is lost as soon as something else is done.</summary>
    /// <param name="First">What is done first.</param>
    public sealed record LoseAnswerAfter(Func<Task> First) : StorageFault;

    /// <summary>The connection breaks, and the request arrives all the same, later.</summary>
    /// <param name="When">When it does.</param>
    /// <param name="Done">Ends when storage has dealt with it.</param>
    public sealed record ArriveLate(Task When, TaskCompletionSource Done) : StorageFault;

    /// <summary>It does not happen, and there never is an answer.</summary>
    public sealed record Hang : StorageFault;

    /// <summary>It does not happen, and something else answers.</summary>
    /// <param name="Response">Status line without the protocol, headers and body, each line ended by CRLF.</param>
    public sealed record Answer(string Response) : StorageFault;

    /// <summary>Whether storage does what was asked for, and its answer is lost.</summary>
    internal bool LosesAnswer => this is LoseAnswer or CutAnswer or FailAfterwards or LoseAnswerAfter;
}
