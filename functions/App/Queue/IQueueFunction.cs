namespace SshFunctions.App.Queue;

/// <summary>A function that a message wakes: a class named as a verb, in a file of its own, listed in <see cref="QueueFunctions"/>.</summary>
/// <remarks>Idempotent, for a message comes at least once. A background service runs it on one machine, the Functions host in Azure.</remarks>
internal interface IQueueFunction
{
    QueueFunctionDeclaration Declaration { get; }

    /// <summary>Does the work; throws when the message is to come again.</summary>
    /// <param name="services">What the broker is made of.</param>
    /// <param name="message">As it was sent: UTF-8 JSON from the broker, anything from others.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task HandleAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>
    /// Shows, on the document that a message is about, that its host gave the message up; the message is gone then. Throws when it is to
    /// come again.
    /// </summary>
    /// <param name="services">What the broker is made of.</param>
    /// <param name="message">As it was sent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task PutAsideAsync(IServiceProvider services, ReadOnlyMemory<byte> message, CancellationToken cancellationToken);
}
