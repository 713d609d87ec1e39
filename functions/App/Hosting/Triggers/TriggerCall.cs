namespace SshFunctions.App.Hosting.Triggers;

/// <summary>An invocation that was understood: runs the function.</summary>
/// <param name="services">What the broker is made of.</param>
/// <param name="cancellationToken">Ends the wait.</param>
internal delegate Task TriggerCall(IServiceProvider services, CancellationToken cancellationToken);
