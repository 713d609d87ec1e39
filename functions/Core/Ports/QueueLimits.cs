using System.Buffers;

namespace SshFunctions.Core.Ports;

/// <summary>Bounds that every backend enforces, so that no sender depends on the wider one.</summary>
/// <remarks>Source: Azure Storage, "Naming queues and metadata" and "Scalability targets for Queue storage" (64 KiB, base64).</remarks>
public static class QueueLimits
{
    /// <summary>Most bytes of a message: 64 KiB less what base64 adds.</summary>
    public const int MaximumMessageBytes = 48 * 1024;

    /// <summary>How often a message is tried before it is put aside; the Functions host's own default.</summary>
    public const int MaximumTryCount = 5;

    private const int MinimumNameLength = 3;
    private const int MaximumNameLength = 56; // The Functions host appends "-poison", and 63 is the most of a name.
    private static readonly SearchValues<char> NameUnits = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Checks what is sent, alike for every backend.</summary>
    /// <param name="queue">Name of the queue: 3 to 56 lower-case letters, digits and single <c>-</c> between them.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">The name is none, or the message too large.</exception>
    public static void Check(string queue, ReadOnlyMemory<byte> message)
    {
        CheckName(queue);
        if (message.Length > MaximumMessageBytes)
            throw new ArgumentException($"a message of {message.Length} bytes; at most {MaximumMessageBytes}", nameof(message));
    }

    /// <summary>Checks the name of a queue.</summary>
    /// <param name="queue">The name.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void CheckName(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        bool fits = queue.Length is >= MinimumNameLength and <= MaximumNameLength && !queue.AsSpan().ContainsAnyExcept(NameUnits)
            && queue[0] != '-' && queue[^1] != '-' && !queue.Contains("--", StringComparison.Ordinal);
        if (!fits) throw new ArgumentException($"\"{queue}\" names no queue", nameof(queue));
    }
}
