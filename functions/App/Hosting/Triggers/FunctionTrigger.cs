using System.Collections.Immutable;
using SshFunctions.App.Queue;
using SshFunctions.App.Timer;
using SshFunctions.Core;

namespace SshFunctions.App.Hosting.Triggers;

/// <summary>A function that the Functions host invokes under <c>/NAME</c>.</summary>
/// <param name="Name">The deployed function's name.</param>
/// <param name="Read">Understands the body of an invocation, or says what is wrong with it.</param>
internal sealed record FunctionTrigger(string Name, Func<ReadOnlyMemory<byte>, Result<TriggerCall>> Read)
{
    /// <summary>Every queue and timer function.</summary>
    public static ImmutableArray<FunctionTrigger> All { get; } = [.. QueueTrigger.All.Select(Of), .. TimerFunctions.All.Select(Of)];

    public static FunctionTrigger Of(QueueTrigger trigger) => new(trigger.Name, body => ReadMessage(trigger, body));

    public static FunctionTrigger Of(ITimerFunction function) => new(function.Declaration.Name, body => ReadTimer(function, body));

    private static Result<TriggerCall> ReadMessage(QueueTrigger trigger, ReadOnlyMemory<byte> body) =>
        InvocationBody.ReadMessage(body.Span).Try(out byte[]? message, out Refusal? refusal)
            ? new TriggerCall((services, token) => trigger.HandleAsync(services, message, token))
            : refusal;

    private static Result<TriggerCall> ReadTimer(ITimerFunction function, ReadOnlyMemory<byte> body) =>
        InvocationBody.ReadTimer(body.Span).Try(out _, out Refusal? refusal) ? new TriggerCall(function.HandleAsync) : refusal;
}
