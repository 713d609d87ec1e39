using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Queue;

/// <summary>The queue on one machine, over the store.</summary>
/// <remarks>
/// Partition <c>queue:NAME</c>: row <c>TIME:RANDOM</c> is a message. Taking one replaces it with a later time from which it may be taken,
/// by compare-and-swap, so one taker wins; whoever dies with it in hand loses it to the next after <see cref="Visibility"/>. What was
/// tried too often lies in the queue <c>NAME-poison</c>, under the same row, and is delivered from there as from any other.
/// </remarks>
public sealed class LocalQueue : IMessageQueue
{
    private const int PageSize = 32;
    private const int RandomLength = 12;
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _sends = new(StringComparer.Ordinal);

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where messages lie.</param>
    /// <param name="clock">Says which may be taken.</param>
    public LocalQueue(IStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>How long a message in hand is hidden from others.</summary>
    public static TimeSpan Visibility { get; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        QueueLimits.Check(queue, message);
        DateTimeOffset now = _clock.GetUtcNow();
        string row = $"{now.UtcTicks.ToString("D19", CultureInfo.InvariantCulture)}:{RandomNumberGenerator.GetHexString(RandomLength, lowercase: true)}";
        CommitResult result = await _store.CommitAsync(
            PartitionOf(queue), [new DocumentChange.Insert(row, Encode(new QueuedMessage(message.ToArray(), 0, now)))], cancellationToken);
        if (result is not CommitResult.Committed) throw new StoreUnavailableException("the random name of a message was taken");
        Wake(queue);
    }

    /// <summary>Ends when this process sends to a queue. Take it before the queue is looked into.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <returns>Ends at the next send.</returns>
    public Task NextSend(string queue) =>
        _sends.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Takes one message and has it handled.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="handle">Handles it; false, or an exception, when it is to come again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<QueueOutcome> DeliverAsync(
        string queue, Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> handle, CancellationToken cancellationToken)
    {
        QueueLimits.CheckName(queue);
        ArgumentNullException.ThrowIfNull(handle);
        RowRange range = RowRange.All.Take(PageSize);
        while (true)
        {
            DocumentPage page = await _store.ListAsync(PartitionOf(queue), range, cancellationToken);
            foreach (StoredDocument document in page.Documents)
            {
                QueuedMessage message = Decode(document);
                if (message.VisibleFrom > _clock.GetUtcNow()) continue;
                if (message.TryCount >= QueueLimits.MaximumTryCount)
                {
                    await PutAsideAsync(queue, document, message, cancellationToken);
                    return QueueOutcome.PutAside;
                }

                QueuedMessage taken = message with { TryCount = message.TryCount + 1, VisibleFrom = _clock.GetUtcNow() + Visibility };
                if (await TryReplaceAsync(document, taken, cancellationToken) is { } version)
                    return await HandleAsync(document, taken, version, handle, cancellationToken);
            }

            if (page.Next is null) return QueueOutcome.Empty;
            range = range.Continue(page.Next);
        }
    }

    private async Task<QueueOutcome> HandleAsync(
        StoredDocument document,
        QueuedMessage message,
        DocumentVersion version,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<bool>> handle,
        CancellationToken cancellationToken)
    {
        bool handled = await handle(message.Body, cancellationToken);
        StoredDocument held = new StoredDocument(document.Key, version, document.Body);
        if (!handled)
        {
            // Sooner than after a death, and slower each time. Whoever took it meanwhile keeps it.
            await TryReplaceAsync(held, message with { VisibleFrom = _clock.GetUtcNow() + PauseAfter(message.TryCount) }, cancellationToken);
            return QueueOutcome.Failed;
        }

        await _store.CommitAsync(document.Key.Partition, [new DocumentChange.Delete(document.Key.Row, version)], cancellationToken);
        return QueueOutcome.Handled;
    }

    /// <summary>First there, then not here: who dies between the two leaves it in both places, and the next one goes on.</summary>
    private async Task PutAsideAsync(string queue, StoredDocument document, QueuedMessage message, CancellationToken cancellationToken)
    {
        string aside = queue + "-poison";
        byte[] untried = Encode(message with { TryCount = 0, VisibleFrom = _clock.GetUtcNow() });
        await _store.CommitAsync(PartitionOf(aside), [new DocumentChange.Insert(document.Key.Row, untried)], cancellationToken);
        await _store.CommitAsync(document.Key.Partition, [new DocumentChange.Delete(document.Key.Row, document.Version)], cancellationToken);
        Wake(aside);
    }

    private async Task<DocumentVersion?> TryReplaceAsync(StoredDocument document, QueuedMessage message, CancellationToken cancellationToken)
    {
        DocumentChange[] change = [new DocumentChange.Replace(document.Key.Row, Encode(message), document.Version)];
        return await _store.CommitAsync(document.Key.Partition, change, cancellationToken) is CommitResult.Committed committed
            ? committed.Versions[0]
            : null;
    }

    private void Wake(string queue)
    {
        if (_sends.TryRemove(queue, out TaskCompletionSource? waiting)) waiting.TrySetResult();
    }

    private static TimeSpan PauseAfter(int tryCount) => TimeSpan.FromSeconds(1 << Math.Min(tryCount, 5));

    private static string PartitionOf(string queue) => "queue:" + queue;

    private static byte[] Encode(QueuedMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, QueueJson.Default.QueuedMessage);

    private static QueuedMessage Decode(StoredDocument document) =>
        JsonSerializer.Deserialize(document.Body.Span, QueueJson.Default.QueuedMessage) ?? throw new JsonException("a stored message is null");
}
