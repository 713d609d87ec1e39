using System.Collections.Immutable;

namespace SshFunctions.App.Queue;

/// <summary>What runs at a message of one queue. Every queue function has two: at its own, and at those that its host gave up on.</summary>
/// <param name="Name">Unique among all functions; a deployed function has this name.</param>
/// <param name="Queue">Whose messages wake it.</param>
/// <param name="HandleAsync">Does the work.</param>
internal sealed record QueueTrigger(
    string Name, string Queue, Func<IServiceProvider, ReadOnlyMemory<byte>, CancellationToken, Task> HandleAsync)
{
    /// <summary>Those of every queue function.</summary>
    public static ImmutableArray<QueueTrigger> All { get; } = [.. QueueFunctions.All.SelectMany(Of)];

    private static IEnumerable<QueueTrigger> Of(IQueueFunction function)
    {
        QueueFunctionDeclaration declared = function.Declaration;
        yield return new QueueTrigger(declared.Name, declared.Queue, function.HandleAsync);
        yield return new QueueTrigger(declared.PutAsideName, declared.PutAsideQueue, function.PutAsideAsync);
    }
}
