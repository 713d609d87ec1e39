using System.Text.Json;
using SshFunctions.Core.Ports;

namespace SshFunctions.Local.Queue;

/// <summary>Says which of several brokers on one store runs what runs by itself: messages and timers.</summary>
/// <remarks>
/// Document <c>work/lease</c>, taken and renewed by compare-and-swap. Clocks may differ, so two may lead for a moment: the functions are
/// idempotent, and the lease only keeps the work from being done by everybody. Thread safe.
/// </remarks>
public sealed class WorkLease
{
    private static readonly DocumentKey Key = new("work", "lease");
    private readonly IStore _store;
    private readonly TimeProvider _clock;
    private readonly string _holder;

    /// <summary>Makes it; touches nothing yet.</summary>
    /// <param name="store">Where the lease lies.</param>
    /// <param name="clock">Says when it ends.</param>
    /// <param name="holder">Names this broker instance; unique for every start.</param>
    public WorkLease(IStore store, TimeProvider clock, string holder)
    {
        _store = store;
        _clock = clock;
        _holder = holder;
    }

    /// <summary>How long after its last renewal a lease is free again.</summary>
    public static TimeSpan Life { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the holder renews, and others ask.</summary>
    public static TimeSpan RenewalInterval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes the lease when it is free, renews it when it is held by this broker.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether this broker holds it, for <see cref="Life"/>.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        StoredDocument? stored = await _store.GetAsync(Key, cancellationToken);
        DateTimeOffset now = _clock.GetUtcNow();
        if (stored is not null && Decode(stored) is { } held && held.Holder != _holder && held.Until > now) return false;
        byte[] mine = JsonSerializer.SerializeToUtf8Bytes(new HeldLease(_holder, now + Life), QueueJson.Default.HeldLease);
        DocumentChange change = stored is null ? new DocumentChange.Insert(Key.Row, mine) : new DocumentChange.Replace(Key.Row, mine, stored.Version);
        return await _store.CommitAsync(Key.Partition, [change], cancellationToken) is CommitResult.Committed;
    }

    /// <summary>Lets it go at once, so that another broker need not wait for its end.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is free, or was another's.</returns>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        StoredDocument? stored = await _store.GetAsync(Key, cancellationToken);
        if (stored is not null && Decode(stored).Holder == _holder)
            await _store.CommitAsync(Key.Partition, [new DocumentChange.Delete(Key.Row, stored.Version)], cancellationToken);
    }

    private static HeldLease Decode(StoredDocument document) =>
        JsonSerializer.Deserialize(document.Body.Span, QueueJson.Default.HeldLease) ?? throw new JsonException("a stored lease is null");
}
