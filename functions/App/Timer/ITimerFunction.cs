namespace SshFunctions.App.Timer;

/// <summary>A function that the time wakes: a class named as a verb, in a file of its own, listed in <see cref="TimerFunctions"/>.</summary>
/// <remarks>Idempotent, and content to miss a run: it finds by itself what is due. A background service runs it on one machine, the Functions host in Azure.</remarks>
internal interface ITimerFunction
{
    TimerFunctionDeclaration Declaration { get; }

    /// <summary>Does what is due; throws when it could not, and is tried again at the next time.</summary>
    /// <param name="services">What the broker is made of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task HandleAsync(IServiceProvider services, CancellationToken cancellationToken);
}
