using System.Collections.Immutable;
using SshFunctions.App.Hosting.Opening;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>What the Functions home serves to its host.</summary>
/// <param name="Triggers">What may be invoked.</param>
/// <param name="OpenAsync">Ends when the broker has its store and its keys; throws while it can't have them.</param>
internal sealed record TriggerSettings(ImmutableArray<FunctionTrigger> Triggers, Func<IServiceProvider, CancellationToken, Task> OpenAsync)
{
    /// <summary>Every queue and timer function, each invocation after the broker is open.</summary>
    public static TriggerSettings BehindGate { get; } =
        new(FunctionTrigger.All, (services, token) => services.GetRequiredService<BrokerGate>().EnterAsync(token));
}
