using System.Collections.Concurrent;
using System.Text;
using SshFunctions.Core.Ports;

namespace SshFunctions.Core.Tests;

/// <summary>A queue that delivers nothing and remembers what was sent.</summary>
internal sealed class RememberedMessages : IMessageQueue
{
    private readonly ConcurrentQueue<string> _texts = new();

    public bool IsAway { get; set; }

    public IReadOnlyCollection<string> Texts => _texts;

    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        QueueLimits.Check(queue, message);
        if (IsAway) throw new StoreUnavailableException("told to be away");
        _texts.Enqueue($"{queue} {Encoding.UTF8.GetString(message.Span)}");
        return ValueTask.CompletedTask;
    }
}
