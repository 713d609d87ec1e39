namespace SshFunctions.Core.Ports;

/// <summary>Sends a nudge to a function of the broker that runs by itself, drawn to fit the weakest backend (Azure Queues).</summary>
/// <remarks>
/// The law that every backend obeys and <c>QueueContract</c> tests:
/// <list type="bullet">
/// <item>Durable on return: a message that was sent survives the death of the process.</item>
/// <item>Delivered at least once, perhaps more often and in any order, so every function is idempotent. The document is the truth and the
/// message only a nudge: a timer finds work whose nudge was lost.</item>
/// <item>A message that is in hand is hidden from others for a while; one whose handling failed comes again, and after
/// <see cref="QueueLimits.MaximumTryCount"/> tries it is put aside where an operator finds it.</item>
/// <item>The limits of <see cref="QueueLimits"/> are checked before anything else. Thread safe.</item>
/// </list>
/// </remarks>
public interface IMessageQueue
{
    /// <summary>Sends a message.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="message">UTF-8 JSON, at most <see cref="QueueLimits.MaximumMessageBytes"/>; never a secret.</param>
    /// <param name="cancellationToken">Ends the wait; a send that was begun may happen all the same.</param>
    /// <returns>When it is durable.</returns>
    /// <exception cref="StoreUnavailableException">The backend is away, or the outcome could not be learned.</exception>
    /// <exception cref="ArgumentException">A limit is broken.</exception>
    ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
